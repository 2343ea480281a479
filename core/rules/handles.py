"""Names on networks: a profile address or a handle as ``service:handle``, and back to a page."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from core.rules import phones
from core.text import fold

_LONGEST: Final = 2_000
_LONGEST_HANDLE: Final = 200
_BREAKS: Final = re.compile(
    "[\\s\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_PREFIXED: Final = re.compile(r"([a-z][a-z0-9+.-]*):(?://)?(.*)\Z", re.IGNORECASE | re.DOTALL)
_HOST: Final = re.compile(r"(?=.{4,253}\Z)[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}\Z")
_ADDRESS: Final = re.compile(r"@?([\w.-]+)@([\w.-]+)\Z")

# ---- services, by every name that sources give them -----------------------------------------

_ALIASES: Final = {
    **dict.fromkeys(("twitter", "xcom", "xtwitter"), "x"),
    **dict.fromkeys(("fb", "messenger", "facebookmessenger", "mfacebook"), "facebook"),
    **dict.fromkeys(("xmpp", "jabberid"), "jabber"),
    **dict.fromkeys(("googletalk", "googlehangouts", "hangouts", "googlechat", "gchat"), "gtalk"),
    **dict.fromkeys(("skypeusername",), "skype"),
    **dict.fromkeys(("msnim", "windowslive", "live", "messengerlive"), "msn"),
    **dict.fromkeys(("yahooim", "ymsgr", "yahoomessenger"), "yahoo"),
    **dict.fromkeys(("gg", "gadu"), "gadugadu"),
    **dict.fromkeys(("ig", "insta"), "instagram"),
    **dict.fromkeys(("fediverse", "activitypub"), "mastodon"),
    **dict.fromkeys(("bsky", "blueskysocial"), "bluesky"),
    **dict.fromkeys(("wa",), "whatsapp"),
    **dict.fromkeys(("tg",), "telegram"),
    **dict.fromkeys(("weixin",), "wechat"),
}
_SCHEMES: Final = {
    **{
        name: name for name in ("skype", "aim", "icq", "msn", "gtalk", "matrix", "sip", "irc", "qq")
    },
    **dict.fromkeys(("xmpp", "jabber"), "jabber"),
    "msnim": "msn",
    "ymsgr": "yahoo",
    "sips": "sip",
    "gg": "gadugadu",
    "acct": "mastodon",
}
_BY_NUMBER: Final = frozenset({"whatsapp", "signal"})

# ---- profile pages: host to (service, pattern of the path) ----------------------------------

_SLUG: Final = r"/@?([^/@][^/]*)"
_AT: Final = r"/@([^/]+)"
_HOSTS: Final[dict[str, tuple[str, str]]] = {
    "linkedin.com": (
        "linkedin",
        r"(?:/mwlite)?/in/([^/]+)(?:/.*)?|/(pub(?:/[^/]+){2,4})|/pub/([^/]+)",
    ),
    "linkedin.cn": ("linkedin", r"/in/([^/]+)(?:/.*)?"),
    "x.com": ("x", _SLUG),
    "twitter.com": ("x", _SLUG),
    "facebook.com": ("facebook", rf"/people/[^/]+/([0-9]+)|{_SLUG}"),
    "fb.com": ("facebook", _SLUG),
    "m.me": ("facebook", _SLUG),
    "instagram.com": ("instagram", _SLUG),
    "github.com": ("github", _SLUG),
    "gitlab.com": ("gitlab", _SLUG),
    "t.me": ("telegram", _SLUG),
    "telegram.me": ("telegram", _SLUG),
    "youtube.com": ("youtube", r"/@([^/]+)(?:/.*)?|/(channel/[^/]+)|/(?:user|c)/([^/]+)"),
    "bsky.app": ("bluesky", r"/profile/([^/]+)"),
    "threads.net": ("threads", _AT),
    "threads.com": ("threads", _AT),
    "tiktok.com": ("tiktok", _AT),
    "xing.com": ("xing", r"/(?:profile|profiles)/([^/]+)(?:/.*)?"),
    "medium.com": ("medium", _AT),
    "substack.com": ("substack", _AT),
    "reddit.com": ("reddit", r"/u(?:ser)?/([^/]+)"),
    "snapchat.com": ("snapchat", r"/add/([^/]+)"),
    "twitch.tv": ("twitch", _SLUG),
    "vk.com": ("vk", _SLUG),
    "keybase.io": ("keybase", _SLUG),
    "pinterest.com": ("pinterest", _SLUG),
    "flipboard.com": ("flipboard", _AT),
}
_PAGES: Final = {
    "linkedin": "https://www.linkedin.com/in/{}",
    "x": "https://x.com/{}",
    "facebook": "https://www.facebook.com/{}",
    "instagram": "https://www.instagram.com/{}",
    "github": "https://github.com/{}",
    "gitlab": "https://gitlab.com/{}",
    "telegram": "https://t.me/{}",
    "youtube": "https://www.youtube.com/@{}",
    "bluesky": "https://bsky.app/profile/{}",
    "threads": "https://www.threads.net/@{}",
    "tiktok": "https://www.tiktok.com/@{}",
    "xing": "https://www.xing.com/profile/{}",
    "medium": "https://medium.com/@{}",
    "substack": "https://substack.com/@{}",
    "reddit": "https://www.reddit.com/user/{}",
    "snapchat": "https://www.snapchat.com/add/{}",
    "twitch": "https://www.twitch.tv/{}",
    "vk": "https://vk.com/{}",
    "keybase": "https://keybase.io/{}",
    "pinterest": "https://www.pinterest.com/{}",
    "flipboard": "https://flipboard.com/@{}",
    "matrix": "https://matrix.to/#/@{}",
}
_NO_PROFILE: Final = frozenset(
    {"about", "account", "accounts", "addlist", "ads", "business", "dialog", "directory", "events"}
    | {"explore", "features", "groups", "hashtag", "help", "home", "i", "intent", "jobs"}
    | {"joinchat", "legal", "login", "logout", "marketplace", "media", "messages", "notifications"}
    | {"orgs", "p", "pages", "people", "photo", "photo.php", "photos", "policies", "posts"}
    | {"pricing", "privacy", "profile", "profile.php", "reel", "reels", "s", "search", "settings"}
    | {"share", "sharer", "sharer.php", "signup", "sponsors", "stories", "story.php", "topics"}
    | {"tos", "tr", "trending", "videos", "watch", "directory", "explore", "users", "dashboard"}
)


def from_url(url: str) -> tuple[str, str] | None:
    """The service and the handle of a profile page.

    Args:
        url: an address with or without ``https://``; also ``skype:``, ``xmpp:`` and their like.

    Returns:
        ``("linkedin", "ada-wong")``; service ``phone`` for pages that stand for a number
        (wa.me); None for everything that is not one account's own page.
    """
    url = _BREAKS.sub("", url) if len(url) <= _LONGEST else ""
    prefixed = _PREFIXED.match(url)
    scheme = prefixed[1].lower() if prefixed else ""
    if prefixed and scheme in _SCHEMES:
        handle = _handle(_SCHEMES[scheme], url)
        return (_SCHEMES[scheme], handle) if handle else None
    if scheme not in {"http", "https"}:
        url = "https://" + url.removeprefix("//")
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    if not _HOST.match(host):
        return None
    return _number_page(host, parts) or _profile_page(host, parts)


def normal(service: str, text: str) -> str:
    """A handle as ``service:handle``, lower case; "" if nothing is left of it.

    Args:
        service: as the source calls it (``Twitter``, ``GoogleTalk``), or "" if it says nothing.
        text: the handle, ``@handle``, ``skype:handle`` or the address of its page.
    """
    text = _BREAKS.sub("", text[:_LONGEST])
    name = _service(service)
    if "/" in text and (found := from_url(text)) and found[0] in {name, "phone"}:
        return f"{name}:{found[1]}"
    if not name:
        found = from_url(text)
        if found is not None:
            return ":".join(found)
        name = "mastodon" if text.startswith("@") and _ADDRESS.match(text) else "other"
    handle = _handle(name, text)
    return f"{name}:{handle}" if handle else ""


def profile_url(norm: str) -> str:
    """The https address of the page of a ``service:handle``; "" if the service has none."""
    service, _, handle = norm.partition(":")
    if not handle:
        return ""
    if service == "mastodon":
        address = _ADDRESS.match(handle)
        known = address is not None and _HOST.match(address[2])
        return f"https://{address[2]}/@{quote(address[1])}" if address and known else ""
    if service == "whatsapp":
        return f"https://wa.me/{handle[1:]}" if re.fullmatch(r"\+[0-9]+", handle) else ""
    if service == "linkedin" and handle.startswith("pub/"):
        return f"https://www.linkedin.com/{quote(handle)}"
    if service == "youtube" and handle.startswith("channel/"):
        return f"https://www.youtube.com/{quote(handle)}"
    page = _PAGES.get(service)
    return page.format(quote(handle, safe=":" if service == "matrix" else "")) if page else ""


def _service(name: str) -> str:
    plain = re.sub(r"[\W_]+", "", fold(name[:_LONGEST_HANDLE]))
    plain = plain.removesuffix("profile") or plain
    return _ALIASES.get(plain, plain)


def _handle(service: str, text: str) -> str:
    """The handle alone, without scheme, ``@`` and query."""
    prefixed = _PREFIXED.match(text)
    scheme = prefixed[1].lower() if prefixed else ""
    if prefixed and (scheme in _SCHEMES or scheme in {"x-apple", "tg", service}):
        text = prefixed[2]
        if "?" in text:  # aim:goim?screenname=ada, ymsgr:sendim?ada, skype:ada?call
            action, _, query = text.partition("?")
            named = [values[0] for values in parse_qs(query).values()]
            inside = action.lower() in {"goim", "sendim", "chat", "add", "addfriend"}
            text = (named[0] if named else query) if inside else action
        text = unquote(text)
    text = _BREAKS.sub("", unicodedata.normalize("NFC", text))[:_LONGEST_HANDLE].strip("@/ ")
    if service == "youtube" and text.startswith("channel/"):
        return text
    if service == "jabber":
        text = text.partition("/")[0]
    if service in _BY_NUMBER:
        return phones.normal(text) or phones.normal("+" + text.lstrip("+")) or text.lower()
    if service == "icq":
        return re.sub(r"[\s-]", "", text).lower()
    return text.lower()


def _number_page(host: str, parts: SplitResult) -> tuple[str, str] | None:
    """Pages that stand for a telephone number."""
    written = ""
    if host in {"wa.me", "www.wa.me"}:
        written = parts.path.strip("/")
    elif host in {"api.whatsapp.com", "web.whatsapp.com"}:
        written = parse_qs(parts.query).get("phone", [""])[0]
    elif host == "t.me" and parts.path.startswith("/+"):
        written = parts.path[2:]
    elif host == "signal.me" and parts.fragment.startswith("p/"):
        written = parts.fragment[2:]
    number = phones.normal("+" + unquote(written).strip("+ ")) if written else ""
    return ("phone", number) if number else None


def _profile_page(host: str, parts: SplitResult) -> tuple[str, str] | None:
    known = next(
        (about for name, about in _HOSTS.items() if host == name or host.endswith("." + name)), None
    )
    path = "/" + parts.path.strip("/")
    if host == "matrix.to" and parts.fragment.startswith("/@"):
        return "matrix", _handle("matrix", unquote(parts.fragment[2:]).partition("?")[0])
    if known is None:
        return _mastodon(host, path)
    service, pattern = known
    if service == "x" and parts.fragment.startswith("!/"):
        path = parts.fragment[1:].rstrip("/")
    if service == "facebook" and path == "/profile.php":
        number = parse_qs(parts.query).get("id", [""])[0]
        return (service, number) if number.isascii() and number.isdecimal() else None
    found = re.fullmatch(pattern, path, re.IGNORECASE)
    handle = _handle(service, unquote(next(filter(None, found.groups())))) if found else ""
    if not handle or handle in _NO_PROFILE or handle.startswith("+"):
        return None
    return service, handle


def _mastodon(host: str, path: str) -> tuple[str, str] | None:
    found = re.fullmatch(r"/(?:@|users/)(\w+)(?:@([\w.-]+))?", path, re.ASCII)
    if found is None or (path.startswith("/users/") and found[1].isdecimal()):
        return None
    home = found[2] or host.removeprefix("www.")
    return ("mastodon", f"{found[1]}@{home}".lower()) if _HOST.match(home) else None
