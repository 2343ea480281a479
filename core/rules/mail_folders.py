"""What a mail program puts into a folder or under a label, in whatever language it names it."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from core.text import fold

SENT, TRASH, SPAM, DRAFT, PROMOTIONS = "sent", "trash", "spam", "draft", "newsletter"

# As Gmail, Outlook, Apple Mail, Thunderbird and Roundcube name them.
_NAMES: Final = {
    SENT: "Sent|Sent Items|Sent Mail|Sent Messages|Sent Objects|Gesendet|Gesendete Elemente"
    "|Gesendete Objekte|Gesendete Nachrichten|Envoyés|Messages envoyés|Éléments envoyés"
    "|Courrier envoyé|Enviados|Correo enviado|Elementos enviados|Mensajes enviados|Inviati|Inviata"
    "|Posta inviata|Messaggi inviati|Verzonden|Verzonden items|Verzonden berichten|Enviadas"
    "|Itens enviados|E-mails enviados|Mensagens enviadas|Skickat|Skickade objekt|Sendt|Sendte"
    "|Sendt post|Sendte elementer|Sende elementer|Lähetetyt|Wysłane|Elementy wysłane|Odeslané"
    "|Odeslaná pošta|Gönderilmiş Öğeler|Gönderilmiş postalar|Отправленные|Отправленные элементы"
    "|送信済み|送信済みメール|送信済みアイテム|已发送|已发送邮件",
    TRASH: "Trash|Bin|Deleted|Deleted Items|Deleted Messages|Deleted Objects|Papierkorb|Gelöscht"
    "|Gelöschte Elemente|Gelöschte Objekte|Gelöschte Nachrichten|Corbeille|Éléments supprimés"
    "|Messages supprimés|Papelera|Elementos eliminados|Mensajes eliminados|Cestino"
    "|Posta eliminata|Prullenbak|Verwijderde items|Lixeira|Lixo|Itens excluídos|Itens eliminados"
    "|Papperskorgen|Borttaget|Papirkurv|Papirkurven|Slettet post|Slettede elementer|Roskakori"
    "|Kosz|Elementy usunięte|Koš|Çöp Kutusu|Корзина|Удаленные|ゴミ箱|已删除邮件",
    SPAM: "Spam|Junk|Junk Mail|Junk E-mail|Junk Email|Bulk|Bulk Mail|Spamverdacht"
    "|Unerwünscht|Unerwünschte Werbung|Pourriel|Pourriels|Indésirables|Courrier indésirable"
    "|Correo no deseado|Correo electrónico no deseado|Posta indesiderata|Ongewenst"
    "|Ongewenste e-mail|Ongewenste reclame|Lixo Eletrônico|Lixo Eletrónico|Skräppost|Uønsket post"
    "|Søppelpost|Nettsøppel|Roskaposti|Wiadomości-śmieci|Nevyžádaná pošta|Önemsiz E-posta|Спам"
    "|Нежелательная почта|迷惑メール|垃圾邮件",
    DRAFT: "Draft|Drafts|Templates|Unsent Messages|Outbox|Entwurf|Entwürfe|Vorlagen|Postausgang"
    "|Brouillon|Brouillons|Modèles|Boîte d'envoi|Borrador|Borradores|Plantillas|Bozze|Bozza"
    "|Modelli|Concepten|Concept|Sjablonen|Rascunho|Rascunhos|Modelos|Utkast|Kladder"
    "|Luonnokset|Kopie robocze|Koncepty|Taslaklar|Черновики|下書き|草稿|草稿箱",
    PROMOTIONS: "Category Promotions|Category_Promotions|Promotions|Kategorie Werbung"
    "|Catégorie Promotions|Categoría Promociones|Promociones|Categoria Promozioni|Promozioni"
    "|Categorie Reclame|Categoria Promoções|Promoções",
}
_MEANT: Final = {fold(word): what for what, words in _NAMES.items() for word in words.split("|")}
_ENDINGS: Final = (".mbox", ".mbx", ".sbd", ".imapmbox")
_ONE_MAIL: Final = (".eml", ".emlx")
_MAILDIR: Final = frozenset({"cur", "new"})
_QUOTES: Final = "\"'„“”«» "


@lru_cache(maxsize=4_096)
def of_name(name: str) -> str:
    """What a folder or label of this name is for, or "".

    Args:
        name: of one folder, without the folders around it.
    """
    plain = fold(name.strip(_QUOTES)).translate(dict.fromkeys(map(ord, _QUOTES[:-1])))
    return _MEANT.get(plain, "")


@lru_cache(maxsize=4_096)
def of_path(path: str) -> str:
    """What the mails of a file are, by the folders that it lies in; "" of all others.

    Args:
        path: '/'-separated. A mailbox is a folder itself; a file that is one mail is named after
            what the mail is about.
    """
    *folders, last = path.split("/")
    if not last.lower().endswith(_ONE_MAIL) and not (folders and folders[-1] in _MAILDIR):
        folders.append(last)
    for folder in reversed(folders):
        plain = folder
        for ending in _ENDINGS:
            if plain.lower().endswith(ending):
                plain = plain[: -len(ending)]
        # A Maildir holds the folders inside a folder as .Sent.2024 beside it.
        inside = plain.split(".") if plain.startswith((".", "INBOX.")) else ()
        for name in (plain, *inside):
            if what := of_name(name):
                return what
    return ""
