"""What the properties of a vCard, and the private ones of its writers, mean to us."""

from __future__ import annotations

from typing import Final

from core.rules import kinds

BINARY: Final = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE"})

# A line of one of these names, or of X-…, is a property even if its colon is missing.
KNOWN: Final = frozenset(
    [
        "ADR",
        "AGENT",
        "ANNIVERSARY",
        "BDAY",
        "BEGIN",
        "CALADRURI",
        "CALURI",
        "CATEGORIES",
        "CLASS",
        "CLIENTPIDMAP",
        "DEATHDATE",
        "BIRTHPLACE",
        "DEATHPLACE",
        "EMAIL",
        "END",
        "FBURL",
        "FN",
        "GENDER",
        "GEO",
        "IMPP",
        "KEY",
        "KIND",
        "LABEL",
        "LANG",
        "LOGO",
        "MAILER",
        "MEMBER",
        "N",
        "NAME",
        "NICKNAME",
        "NOTE",
        "ORG",
        "PHOTO",
        "PRODID",
        "PROFILE",
        "RELATED",
        "REV",
        "ROLE",
        "SOCIALPROFILE",
        "SORT-STRING",
        "SOUND",
        "SOURCE",
        "TEL",
        "TITLE",
        "TZ",
        "UID",
        "URL",
        "VERSION",
    ]
)

DROPPED: Final = frozenset(
    {"VERSION", "PRODID", "PROFILE", "X-MS-OL-DESIGN", "BEGIN", "END", "REV", "X-ABLABEL"}
)

# Property: kind and label of the fact; the value is the text as written.
PLAIN: Final[dict[str, tuple[str, str]]] = {
    "FN": (kinds.NAME, ""),
    "X-MAIDENNAME": (kinds.MAIDEN, ""),
    "X-PHONETIC-FIRST-NAME": (kinds.PHONETIC, "given"),
    "X-PHONETIC-MIDDLE-NAME": (kinds.PHONETIC, "middle"),
    "X-PHONETIC-LAST-NAME": (kinds.PHONETIC, "family"),
    "X-PHONETIC-ORG": (kinds.PHONETIC, "org"),
    "SORT-STRING": (kinds.SORT_AS, ""),
    "X-EVOLUTION-FILE-AS": (kinds.SORT_AS, ""),
    "NOTE": (kinds.NOTE, ""),
    "GENDER": (kinds.GENDER, ""),
    "X-GENDER": (kinds.GENDER, ""),
    "LANG": (kinds.LANGUAGE, ""),
    "TZ": (kinds.ZONE, ""),
    "GEO": (kinds.GEO, ""),
    "ANNIVERSARY": (kinds.DATE, "anniversary"),
    "X-ANNIVERSARY": (kinds.DATE, "anniversary"),
    "X-MS-ANNIVERSARY": (kinds.DATE, "anniversary"),
    "X-EVOLUTION-ANNIVERSARY": (kinds.DATE, "anniversary"),
    "X-KADDRESSBOOK-X-ANNIVERSARY": (kinds.DATE, "anniversary"),
    "X-WAB-WEDDING_ANNIVERSARY": (kinds.DATE, "anniversary"),
    "DEATHDATE": (kinds.DATE, "death"),
    "X-SPOUSE": (kinds.RELATION, "spouse"),
    "X-EVOLUTION-SPOUSE": (kinds.RELATION, "spouse"),
    "X-KADDRESSBOOK-X-SPOUSESNAME": (kinds.RELATION, "spouse"),
    "X-MS-SPOUSE": (kinds.RELATION, "spouse"),
    "X-WAB-SPOUSE_NAME": (kinds.RELATION, "spouse"),
    "X-MANAGER": (kinds.RELATION, "manager"),
    "X-EVOLUTION-MANAGER": (kinds.RELATION, "manager"),
    "X-KADDRESSBOOK-X-MANAGERSNAME": (kinds.RELATION, "manager"),
    "X-MS-MANAGER": (kinds.RELATION, "manager"),
    "X-ASSISTANT": (kinds.RELATION, "assistant"),
    "X-EVOLUTION-ASSISTANT": (kinds.RELATION, "assistant"),
    "X-KADDRESSBOOK-X-ASSISTANTSNAME": (kinds.RELATION, "assistant"),
    "X-MS-ASSISTANT": (kinds.RELATION, "assistant"),
    "X-CHILD": (kinds.RELATION, "child"),
    "X-MS-CHILD": (kinds.RELATION, "child"),
    "X-KADDRESSBOOK-X-PROFESSION": (kinds.CUSTOM, "Profession"),
    "X-CUSTOM1": (kinds.CUSTOM, "Custom 1"),
    "X-CUSTOM2": (kinds.CUSTOM, "Custom 2"),
    "X-CUSTOM3": (kinds.CUSTOM, "Custom 3"),
    "X-CUSTOM4": (kinds.CUSTOM, "Custom 4"),
}

# Facts of an employment.
WORK: Final = {
    "TITLE": kinds.TITLE,
    "ROLE": kinds.ROLE,
    "X-DEPARTMENT": kinds.DEPARTMENT,
    "X-KADDRESSBOOK-X-DEPARTMENT": kinds.DEPARTMENT,
}

NAME_PARTS: Final = (kinds.FAMILY, kinds.GIVEN, kinds.MIDDLE, kinds.PREFIX, kinds.SUFFIX)
ADR_PARTS: Final = ("po_box", "extended", "street", "city", "region", "code", "country")
ADR_SHOWN: Final = ("street", "extended", "po_box", "city", "region", "code", "country")

# X- property (without the X-), service parameter, type or scheme: the service's name.
SERVICES: Final = {
    "aim": "aim",
    "icq": "icq",
    "msn": "msn",
    "msnim": "msn",
    "yahoo": "yahoo",
    "ymsgr": "yahoo",
    "jabber": "xmpp",
    "xmpp": "xmpp",
    "skype": "skype",
    "skype-username": "skype",
    "google-talk": "gtalk",
    "google talk": "gtalk",
    "googletalk": "gtalk",
    "gtalk": "gtalk",
    "gadugadu": "gadugadu",
    "gadu-gadu": "gadugadu",
    "gg": "gadugadu",
    "groupwise": "groupwise",
    "sametime": "sametime",
    "qq": "qq",
    "sip": "sip",
    "sips": "sip",
    "twitter": "twitter",
    "facebook": "facebook",
    "whatsapp": "whatsapp",
    "telegram": "telegram",
    "signal": "signal",
    "matrix": "matrix",
    "mastodon": "mastodon",
    "irc": "irc",
    "kik": "kik",
    "wechat": "wechat",
    "line": "line",
    "kakaotalk": "kakaotalk",
    "zoom": "zoom",
    "linkedin": "linkedin",
    "instagram": "instagram",
    "github": "github",
    "flickr": "flickr",
    "myspace": "myspace",
    "sinaweibo": "weibo",
    "weibo": "weibo",
    "im": "im",
    "imaddress": "im",
}
# Properties X-… that name a service; others of the table above are only schemes or types.
SERVICE_PROPERTIES: Final = {
    **{
        f"X-{name.upper()}": SERVICES[name]
        for name in [
            "aim",
            "icq",
            "msn",
            "yahoo",
            "jabber",
            "xmpp",
            "skype",
            "skype-username",
            "google-talk",
            "googletalk",
            "gtalk",
            "gadugadu",
            "gadu-gadu",
            "groupwise",
            "sametime",
            "qq",
            "sip",
            "twitter",
            "facebook",
            "whatsapp",
            "telegram",
            "signal",
            "matrix",
            "mastodon",
            "irc",
            "wechat",
            "linkedin",
            "instagram",
            "github",
        ]
    },
    "X-GOOGLE TALK": "gtalk",
    "X-MS-IMADDRESS": "im",
    "X-KADDRESSBOOK-X-IMADDRESS": "im",
}

# Properties whose label may stand beside them as X-ABLabel.
LABELLED: Final = frozenset(
    {"TEL", "X-MS-TEL", "EMAIL", "ADR", "LABEL", "URL", "IMPP", "X-SOCIALPROFILE", "SOCIALPROFILE"}
    | {"X-ABDATE", "X-ABRELATEDNAMES", "RELATED", *SERVICE_PROPERTIES}
)

ANDROID: Final = "vnd.android.cursor.item/"
ANDROID_EVENTS: Final = {"1": "anniversary", "2": "other"}
ANDROID_RELATIONS: Final = {
    "1": "assistant",
    "2": "brother",
    "3": "child",
    "4": "domestic partner",
    "5": "father",
    "6": "friend",
    "7": "manager",
    "8": "mother",
    "9": "parent",
    "10": "partner",
    "11": "referred by",
    "12": "relative",
    "13": "sister",
    "14": "spouse",
}

# Types that are places come first, then what the number is; noise says nothing.
PLACES: Final = frozenset({"home", "work", "other", "school"})
DEVICES: Final = {
    "cell": "mobile",
    "mobile": "mobile",
    "iphone": "mobile",
    "fax": "fax",
    "pager": "pager",
    "main": "main",
    "car": "car",
    "video": "video",
    "assistant": "assistant",
    "homepage": "homepage",
    "blog": "blog",
    "profile": "profile",
    "ftp": "ftp",
}
NOISE: Final = frozenset(
    [
        "pref",
        "voice",
        "internet",
        "msg",
        "text",
        "x400",
        "dom",
        "intl",
        "postal",
        "parcel",
        "bbs",
        "modem",
        "isdn",
        "pcs",
        "personal",
    ]
)
STANDARD_WORDS: Final = (
    PLACES | frozenset(DEVICES.values()) | frozenset(ANDROID_RELATIONS.values()) | {"anniversary"}
)

# Names of character sets, without punctuation, and Python's codec: nothing else is looked up.
CHARSETS: Final = {
    "utf8": "utf-8",
    "usascii": "ascii",
    "ascii": "ascii",
    "latin1": "cp1252",
    "iso88591": "cp1252",
    "iso885915": "iso8859_15",
    **{f"iso8859{n}": f"iso8859_{n}" for n in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16)},
    **{f"windows{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"cp{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"cp{n}": f"cp{n}" for n in (437, 850, 852, 866, 874, 932, 936, 949, 950)},
    "windows31j": "cp932",
    "windows874": "cp874",
    "shiftjis": "cp932",
    "sjis": "cp932",
    "xsjis": "cp932",
    "eucjp": "euc_jp",
    "iso2022jp": "iso2022_jp",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "euckr": "cp949",
    "ksc56011987": "cp949",
    "koi8r": "koi8_r",
    "koi8u": "koi8_u",
    "macintosh": "mac_roman",
    "tis620": "tis_620",
}
