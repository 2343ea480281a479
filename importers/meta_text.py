"""Words, lists and numbers out of the JSON that Facebook and Instagram write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from core.text import fold
from importers.decode import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SERVICES: Final = ("facebook", "instagram")


def repaired(text: str) -> str:
    """The text whose UTF-8 bytes were each written as one character.

    A text that is not such is left as it is. To be called once for each string: what comes out
    may look broken again.
    """
    if text.isascii():
        return clean(text)
    try:
        return clean(text.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return clean(text)


def words(value: object, *, broken: bool = True) -> str:
    """A string on one line, without white space around it; "" if the value is no string.

    Args:
        value: what stands in the document.
        broken: whether the file's strings are to be repaired.
    """
    if not isinstance(value, str):
        return ""
    return " ".join((repaired(value) if broken else clean(value)).split())


def lines(value: object, *, broken: bool = True) -> str:
    r"""The same of a text that may have several lines, which end with ``\n``."""
    if not isinstance(value, str):
        return ""
    text = repaired(value) if broken else clean(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def named(value: object, name: str) -> Any:  # noqa: ANN401 — any value of a document
    """What stands under a name in an object; None if there is none, or it is no object."""
    return value.get(name) if isinstance(value, dict) else None


def objects(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a list; an object that stands where a list should is a list of one."""
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def number(value: object) -> int:
    """A whole number; 0 if it is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def day(seconds: object) -> str:
    """The ISO day (UTC) of seconds since 1970, or ""."""
    try:
        return datetime.fromtimestamp(number(seconds), UTC).date().isoformat() if seconds else ""
    except (OverflowError, OSError, ValueError):
        return ""


def labelled(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and value of each pair of an entry that names its own fields, in file order.

    Labels are in the language of the account.
    """
    for pair in objects(entry.get("label_values")):
        yield words(pair.get("label")), words(pair.get("value"))
    mapped = entry.get("string_map_data")
    for label, value in mapped.items() if isinstance(mapped, dict) else ():
        yield words(label), words(named(value, "value"))


def under(found: Iterable[tuple[str, str]], labels: frozenset[str]) -> str:
    """The first value whose label is one of these, folded; or ""."""
    return next((value for label, value in found if value and fold(label) in labels), "")


NAME_LABELS: Final = frozenset(
    {"name", "full name", "naam", "nom", "nome", "nombre", "navn", "namn", "nimi", "imie", "ad"}
    | {"имя", "名前", "이름", "isim", "vollstandiger name", "nom complet", "nombre completo"}
)
USERNAME_LABELS: Final = frozenset(
    {"username", "user name", "benutzername", "nutzername", "gebruikersnaam", "nom d'utilisateur"}
    | {"nombre de usuario", "nome utente", "nome de usuario", "nome de utilizador"}
    | {"brugernavn", "brukernavn", "anvandarnamn", "kayttajatunnus", "nazwa uzytkownika"}
    | {"kullanici adi", "имя пользователя", "ユーザーネーム", "사용자 이름"}
)
"""Labels as `core.text.fold` writes them."""
