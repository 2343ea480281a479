"""What the attributes of directories mean: LDAP's own, Mozilla's and Evolution's."""

from __future__ import annotations

from typing import Final

GROUPS: Final = frozenset({"groupofnames", "groupofuniquenames", "posixgroup", "group"})
PEOPLE: Final = frozenset(
    {
        *("person", "organizationalperson", "inetorgperson", "residentialperson", "posixaccount"),
        *("mozillaabpersonalpha", "mozillaorgperson", "pilotperson", "newpilotperson", "contact"),
        *("evolutionperson", "user", "account", "simplesecurityobject", "mozillaabpersonobsolete"),
    }
)
NOT_PEOPLE: Final = frozenset({"computer", "device"})
PHOTOS: Final = frozenset({"jpegphoto", "photo", "thumbnailphoto"})
SECRETS: Final = frozenset(
    {
        *("userpassword", "unicodepwd", "sambantpassword", "sambalmpassword", "userpkcs12"),
        *("krbprincipalkey", "authpassword", "lmpassword", "ntpassword"),
    }
)
"""Attributes that have no place in a book of people, not even in the source's own words."""

ROLES: Final = {
    **dict.fromkeys(("displayname", "cn", "commonname", "fileas"), "name"),
    **dict.fromkeys(("givenname", "gn"), "given"),
    **dict.fromkeys(("sn", "surname"), "family"),
    "initials": "middle",
    "personaltitle": "prefix",
    "generationqualifier": "suffix",
    **dict.fromkeys(("mozillanickname", "xmozillanickname"), "nickname"),
    **dict.fromkeys(("mail", "rfc822mailbox", "email"), "email"),
    **dict.fromkeys(("mozillasecondemail", "xmozillasecondemail"), "email"),
    **dict.fromkeys(("nsaimid", "_aimscreenname", "mozilla_aimscreenname"), "handle:aim"),
    "telephonenumber": "phone:work",
    "homephone": "phone:home",
    **dict.fromkeys(("facsimiletelephonenumber", "fax"), "phone:fax"),
    **dict.fromkeys(("pager", "pagerphone"), "phone:pager"),
    **dict.fromkeys(("mobile", "mobiletelephonenumber", "cellphone"), "phone:mobile"),
    "carphone": "phone:car",
    "otherphone": "phone:other",
    "companyphone": "phone:company",
    "assistantphone": "phone:assistant",
    "primaryphone": "phone:main",
    "xmozillaanyphone": "phone",
    **dict.fromkeys(("street", "streetaddress"), "street:work"),
    **dict.fromkeys(("mozillaworkstreet2", "workstreet2"), "extended:work"),
    **dict.fromkeys(("postofficebox", "pobox"), "po_box:work"),
    **dict.fromkeys(("l", "locality", "localityname"), "city:work"),
    **dict.fromkeys(("st", "region", "stateorprovincename"), "region:work"),
    **dict.fromkeys(("postalcode", "zip"), "code:work"),
    **dict.fromkeys(("c", "co", "countryname", "friendlycountryname"), "country:work"),
    "mozillahomestreet": "street:home",
    "mozillahomestreet2": "extended:home",
    "mozillahomelocalityname": "city:home",
    "mozillahomestate": "region:home",
    "mozillahomepostalcode": "code:home",
    "mozillahomecountryname": "country:home",
    **dict.fromkeys(("postaladdress", "registeredaddress"), "address:work:2"),
    "homepostaladdress": "address:home:2",
    "otherpostaladdress": "address:other",
    "title": "title",
    **dict.fromkeys(("ou", "orgunit", "department", "departmentnumber"), "department"),
    **dict.fromkeys(("o", "company", "organizationname"), "org"),
    "businessrole": "role",
    **dict.fromkeys(("mozillaworkurl", "workurl"), "url:work"),
    **dict.fromkeys(("mozillahomeurl", "homeurl"), "url:home"),
    **dict.fromkeys(("labeleduri", "url", "wwwhomepage"), "url"),
    "birthyear": "birth_year",
    "birthmonth": "birth_month",
    "birthday": "birth_day",
    **dict.fromkeys(("birthdate", "dateofbirth"), "birthday"),
    "anniversary": "date:anniversary",
    "manager": "relation:manager",
    **dict.fromkeys(("secretary", "assistant"), "relation:assistant"),
    "spousename": "relation:spouse",
    **{
        name: f"custom:Custom {number}"
        for number in "1234"
        for name in (f"mozillacustom{number}", f"custom{number}")
    },
    **dict.fromkeys(("description", "notes", "note", "info"), "note"),
    "preferredlanguage": "language",
    **dict.fromkeys(("objectclass", "version", "changetype", "modifytimestamp"), "skip"),
}
"""Attribute in lower case to the role of a column; every other one is kept under its name."""
