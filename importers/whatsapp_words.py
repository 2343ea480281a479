# ruff: noqa: RUF001 — words of many languages, in their own letters
"""What WhatsApp itself writes into a chat, in the languages of the phones."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from importers.whatsapp_lines import MARKS

OWNER: Final = frozenset({"You", "Você", "Vous", "Вы", "あなた", "您"})
"""What stands for the owner in place of a name."""

LRM: Final = "\u200e"
_STRIP: Final = re.compile(f"[{MARKS}]")
_KINDS: Final = {  # word: what it was
    **dict.fromkeys(
        (
            *("image", "photo", "bild", "foto", "imagen", "imagem", "immagine", "afbeelding"),
            *("görüntü", "изображение", "zdjęcie", "obraz", "kuva", "bilde", "billede"),
        ),
        "[photo]",
    ),
    **dict.fromkeys(("video", "vídeo", "vidéo", "видео", "wideo"), "[video]"),
    **dict.fromkeys(("audio", "áudio", "аудио", "ses", "ljud", "lyd"), "[voice message]"),
    **dict.fromkeys(
        ("sticker", "figurinha", "autocollant", "adesivo", "çıkartma", "стикер", "naklejka"),
        "[sticker]",
    ),
    "gif": "[GIF]",
    **dict.fromkeys(("document", "dokument", "documento", "документ", "belge"), "[document]"),
    **dict.fromkeys(("contact", "kontaktkarte", "contacto", "contato", "contatto"), "[contact]"),
}
_ENDINGS: Final = {
    **dict.fromkeys(("jpg", "jpeg", "png", "heic"), "[photo]"),
    **dict.fromkeys(("mp4", "mov", "3gp"), "[video]"),
    **dict.fromkeys(("opus", "m4a", "mp3", "ogg", "aac", "amr"), "[voice message]"),
    "webp": "[sticker]",
    "gif": "[GIF]",
    "vcf": "[contact]",
}
_FILED: Final = (
    *(("-photo-", "[photo]"), ("-video-", "[video]"), ("-audio-", "[voice message]")),
    *(("-sticker-", "[sticker]"), ("-gif-", "[GIF]")),
)
_OMITTED: Final = re.compile(
    r"<?([^<>\n]{2,40}?)\s(?:omitted|weggelassen|ausgeschlossen|omitid[oa]s?|ocult[oa]s?"
    r"|ocultad[oa]s?|omis(?:e|es)?|absente?|retirée?|omess[oaie]|weggelaten|utelämnad(?:es|e)?|utelatt"
    r"|udeladt|udelad[te]|pominięt[yaoe]|пропущено?|без медиафайлов|dahil edilmedi"
    r"|tidak disertakan)>?\Z",
    re.IGNORECASE,
)
_CLEAR: Final = frozenset(
    {"media", "medien", "multimedia", "médias", "mídia", "arquivo de mídia", "archivo", "medya"}
)
_ATTACHED: Final = re.compile(r"<[^<>:\n]{2,30}:\s*([^<>\n]+)>\Z")
_FILE: Final = re.compile(r"(\S[^\n]*\.\w{2,5}) \(([^()\n]{3,40})\)\Z")
_OWN_FILE: Final = re.compile(r"(?:IMG|VID|AUD|PTT|STK|DOC)-\d{8}-WA\d+\.\w{2,5}\Z")
_FILE_WORDS: Final = re.compile(
    r"attached|angehängt|adjunto|anexad[oa]|joint|allegato|bijgevoegd|eklendi|прикрепл|bifogad"
    r"|vedlagt|vedhæftet|załączono",
    re.IGNORECASE,
)
_DELETED: Final = frozenset(
    {
        *("this message was deleted", "you deleted this message", "message deleted"),
        *("this message was deleted by an admin", "diese nachricht wurde gelöscht"),
        *("du hast diese nachricht gelöscht", "se eliminó este mensaje"),
        *("eliminaste este mensaje", "este mensaje fue eliminado", "este mensaje se eliminó"),
        *("ce message a été supprimé", "vous avez supprimé ce message"),
        *("mensagem apagada", "esta mensagem foi apagada", "você apagou esta mensagem"),
        *("questo messaggio è stato eliminato", "hai eliminato questo messaggio"),
        *("dit bericht is verwijderd", "je hebt dit bericht verwijderd"),
        *("bu mesaj silindi", "bu mesajı sildiniz", "данное сообщение удалено"),
        *("вы удалили данное сообщение", "detta meddelande raderades"),
        *("ta wiadomość została usunięta", "usunąłeś tę wiadomość"),
    }
)
_EDITED: Final = re.compile(
    r"\s*(?:\u200e<[^<>:\n]{5,60}>|<(?:this message was edited|diese nachricht wurde bearbeitet"
    r"|se editó este mensaje|este mensaje fue editado|ce message a été modifié"
    r"|mensagem editada|esta mensagem foi editada|questo messaggio è stato modificato"
    r"|dit bericht is bewerkt|bu mesaj düzenlendi|сообщение изменено"
    r"|данное сообщение изменено)\.?>)\s*\Z",
    re.IGNORECASE,
)
_MISSED: Final = re.compile(
    r"missed|silenced|verpasst|perdid|perdue|manqué|pers[ao]\b|gemiste|cevapsız|пропущен|부재중"
    r"|不在着信|未接|missad|tapt|nieodebran",
    re.IGNORECASE,
)
_CALL: Final = re.compile(
    r"(?:(?:missed |silenced )?(?:group )?(?:voice|video|audio) call"
    r"|(?:verpasster )?(?:gruppen-?)?(?:sprach|video)anruf"
    r"|(?:llamada(?: de voz| grupal)?|videollamada)(?: perdida)?"
    r"|appel (?:vocal|vidéo)(?: manqué)?"
    r"|(?:chamada de (?:voz|vídeo)|videochamada)(?: perdida)?"
    r"|(?:video)?chiamata(?: vocale)?(?: persa)?"
    r"|(?:gemiste )?(?:spraakoproep|video-?oproep)"
    r"|(?:пропущенный )?(?:аудио|видео)звонок"
    r"|(?:cevapsız )?(?:sesli|görüntülü) arama"
    r"|missade? (?:röst|video)samtal|(?:nieodebrane )?połączenie (?:głosowe|wideo))"
    r"(?=[.,]|\s*\Z| at \d| um \d| a las \d| à \d)(.*)",
    re.IGNORECASE,
)
_PHRASE: Final = 120  # characters; none is longer
_LAST: Final = frozenset(
    {
        *(phrase.rpartition(" ")[2] for phrase in _DELETED),
        *("null", "omitted", "weggelassen", "ausgeschlossen", "weggelaten", "utelatt", "udeladt"),
        *("edilmedi", "disertakan", "медиафайлов"),
        *("omitido", "omitida", "ocultado", "ocultada", "omis", "omise", "absent", "absente"),
        *("retiré", "retirée", "omesso", "omessa", "omessi", "omesse", "utelämnad", "utelämnades"),
        *("pominięty", "pominięta", "pominięte", "pominięto", "пропущен", "пропущено", "oculto"),
        *("oculta", "omitidos", "omitidas"),
    }
)
_STARTS: Final = (
    *("missed", "silenced", "group", "voice", "video", "audio", "verpasst", "gruppen", "sprach"),
    *("llamada", "appel", "chamada", "chiamata", "gemiste", "spraak", "пропущ", "аудио", "видео"),
    *("cevapsız", "sesli", "görüntülü", "missad", "röst", "nieodebr", "połącz"),
)
_SHORT: Final = 4
_BEGINNINGS: Final = frozenset(start[:_SHORT] for start in _STARTS)
_SPAN: Final = re.compile(r"(\d{1,4})\s*([^\W\d_]+)")
_UNITS: Final = (  # the longer beginnings first
    *((word, 3600) for word in ("std", "sa", "tim", "godz", "h", "u", "o", "ч", "jam")),
    *((word, 60) for word in ("m", "м", "d")),
    *((word, 1) for word in ("s", "с")),
)
_OPTION: Final = re.compile(r"[^:\n]{2,20}: ?")
_VOTES: Final = re.compile(r"\s*\(\d+[^()]*\)\Z")
_HEADING: Final = re.compile(r"[^\W\d_]{3,15}:\s*\Z")


class Said(NamedTuple):
    """What an entry is.

    Attributes:
        kind: message, call, deleted, or system.
        text: as it is kept; media in brackets, never with the name of a file.
    """

    kind: str
    text: str
    seconds: int = 0


def unmarked(text: str) -> str:
    """Text without signs of direction at its ends and before what WhatsApp adds."""
    return text if text.isascii() else text.replace(LRM, "").strip("\u200f\u202a\u202c").strip()


def said(text: str) -> Said:  # noqa: PLR0911 — one for each thing it can be
    """What stands behind a name."""
    if LRM not in text and "<" not in text and "(" not in text and not _maybe(text):
        return Said("message", text.strip(), 0)
    marked = text[:3].lstrip().startswith(LRM) and not text.lstrip(LRM + " ").startswith("@")
    if "<" in text:
        text = _EDITED.sub("", text) if not _ATTACHED.search(text.rstrip()) else text
    words = _STRIP.sub("", text).strip()
    if words.casefold().rstrip(".") in _DELETED:
        return Said("deleted", "")
    if (called := call(words, marked=marked)) is not None:
        return called
    if (media := _media(text, words, marked=marked)) is not None:
        return Said("message", media)
    if marked and _HEADING.match(words.partition("\n")[0]) and f"\n{LRM}" in text:
        return Said("message", _poll(text))
    if marked and "://" not in words:
        return Said("system", "")
    return Said("message", unmarked(text))


def _maybe(text: str) -> bool:
    """Whether a text could be a phrase of WhatsApp at all, which few are."""
    first = text[:_PHRASE].partition("\n")[0].rstrip(". ").lower()
    return first.rpartition(" ")[2] in _LAST or (
        first[:_SHORT] in _BEGINNINGS and first.startswith(_STARTS)
    )


def call(words: str, *, marked: bool) -> Said | None:
    """A call, if a text stands for one.

    Args:
        words: without signs of direction.
        marked: WhatsApp wrote it, and not somebody.
    """
    found = _CALL.match(words) if len(words) < _PHRASE else None
    if found is None:
        return None
    after = found[1].strip(" .,")
    spans = _SPAN.findall(after)
    if after and not marked and not spans:
        return None
    if _MISSED.search(found[0]):
        return Said("call", "missed call")
    return Said("call", "", sum(int(count) * _unit(word.casefold()) for count, word in spans))


def _unit(word: str) -> int:
    return next((seconds for start, seconds in _UNITS if word.startswith(start)), 0)


def _media(text: str, words: str, *, marked: bool) -> str | None:
    """Media in brackets and what was written with it; None if it is no media."""
    first, _, rest = words.partition("\n")
    if words == "null":
        return "[media]"
    tail = _STRIP.sub("", text[text.rfind(LRM) :]).strip() if LRM in text else words
    if (attached := _ATTACHED.search(tail)) and (marked or LRM in text):
        before = words[: words.rfind("<")].strip()
        return _with(_of_file(attached[1]), "" if "•" in before else before)
    if (file := _FILE.match(first)) and (
        marked or _OWN_FILE.match(file[1]) or _FILE_WORDS.search(file[2])
    ):
        # What is exported without media says "media omitted" of all of them, and stays the same.
        return _with("[contact]" if file[1].lower().endswith(".vcf") else "[media]", rest)
    for line, caption in ((tail, ""), (first, rest)):
        omitted = _OMITTED.match(line)
        if omitted is None:
            continue
        what = omitted[1].casefold()
        kind = next((_KINDS[word] for word in what.split() if word in _KINDS), "")
        if kind and len(what.split()) <= 3:  # noqa: PLR2004 — "view once photo"
            return _with(kind, caption)
        if marked or LRM in text or what in _CLEAR or line.startswith("<"):
            return _with("[media]", caption)
    return None


def _with(media: str, caption: str) -> str:
    return f"{media}\n{caption.strip()}" if caption.strip() else media


def _of_file(name: str) -> str:
    lower = name.strip().lower()
    for part, kind in _FILED:
        if part in lower:
            return kind
    return _ENDINGS.get(lower.rpartition(".")[2], "[document]")


def _poll(text: str) -> str:
    """Question and options, without the votes, which change."""
    _, *lines = text.split("\n")
    parts = []
    for line in lines:
        if line.startswith(LRM):
            option = _OPTION.sub("", _STRIP.sub("", line), count=1)
            parts.append("- " + _VOTES.sub("", option).strip())
        else:
            parts.append(_STRIP.sub("", line).strip())
    return "[poll] " + "\n".join(parts)
