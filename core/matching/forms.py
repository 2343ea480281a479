"""Forms of one name: how it sounds, which names it is short for, where it may be mistyped."""

from __future__ import annotations

import re
from functools import cache
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIBILANTS: Final = re.compile("shch|tsch|tch|sch|cz|sz|zh|ch|sh|ts|tz|[zx]|c(?=[eiy])")
_SAME_SOUND: Final = str.maketrans({"q": "k", "c": "k", "w": "v", "j": "g"})
_SILENT: Final = str.maketrans("", "", "aeiouyh ")
_DOUBLED: Final = re.compile(r"([^\n])\1+")
_HEADS: Final = re.compile("^[aeiouyh]", re.MULTILINE)
_TOGETHER: Final = 2_000
_LEAST: Final = 2

# Short forms that the table of the package, which is English, does not know.
_SHORT: Final = """
aleksandr alexander alexandra aleksandra:sasha,sanya,shura,olek,ola,xandi aleksei
alexei:alyosha,lyosha anastasia anastasiya anastasija:nastya,nastia,asya anatoly anatoli
anatolii:tolya boris:borya,boria dmitry dmitri dmitrii dmitriy:dima,mitya ekaterina yekaterina
katerina:katya,katia elena yelena:lena,lenochka evgeny evgenii evgeniy yevgeny
evgenia:zhenya,zhenia galina:galya,galia grigory grigori:grisha irina:ira,irisha
ivan:vanya,vania konstantin:kostya,kostia ksenia:ksyusha larisa:lara lev:lyova ludmila
lyudmila:lyuda,mila maria mariya marija:masha,marusya,manya mikhail:misha natalia
natalya:natasha nadezhda:nadya nikolai nikolay:kolya,kolia oksana:ksyusha olga:olya,olia
pavel:pasha,pavlik petr pyotr:petya roman:roma sergei sergey:serezha,seryozha,serezhenka sofia
sofya:sonya,sonia stanislav:stas svetlana:sveta tatiana tatyana:tanya,tania valentina:valya
vasily vasilii:vasya victor viktor:vitya viktoria:vika vitaly:vitalik vladimir:volodya,vova
vladislav:vlad,slava vyacheslav:slava yuri yury:yura francisco:paco,pancho,kiko,curro
jose:pepe,chepe josefa:pepa ignacio:nacho guadalupe:lupe,lupita dolores:lola concepcion:concha
enrique:quique,kike jesus:chuy,chucho manuel:manolo,manu rafael:rafa rosario:charo
alejandro:ale,jano alberto:beto roberto:beto eduardo:lalo,edu gregorio:goyo luis:lucho
mercedes:meche,merche pilar:pili isabel:chabela santiago:santi antonio:tono,toni,toninho
fernando:nando giuseppe:beppe,peppe,pino giovanni:gianni,vanni francesco:franco,ciccio
luigi:gigi domenico:mimmo johannes johann:hans,hannes,jan josef:sepp,jupp franz:franzl
friedrich:fritz,fred heinrich:heinz,heiner wilhelm:willi,willy margarete
margaretha:grete,gretel,gitta elisabeth:sissi,lisl,else katharina:kathi,kati maximilian:max
sebastian:basti,wastl matthias:matze,hias ludwig:lutz,wiggerl hannelore:hanne ulrich:uli,ulli
jacques:jacquot francois:fanfan henri:riton joao:joaozinho,jonny jean:jeannot
malgorzata:gosia,malgosia katarzyna:kasia agnieszka:aga joanna:asia,joasia magdalena:magda
barbara:basia stanislaw:staszek,stach tomasz:tomek krzysztof:krzysiek,krzys piotr:piotrek
pawel:pawelek andrzej:jedrek wojciech:wojtek grzegorz:grzes,grzesiek michal:michas jakub:kuba
elzbieta:ela,elka zbigniew:zbyszek istvan:pista jozsef:jozsi laszlo:laci sandor:sanyi
ferenc:feri janos:jancsi cornelis:kees,cor hendrik:henk,rik johanna:jo,hanneke
wilhelmina:mien,willemijn petrus:piet
"""


def sound(name: str) -> str:
    """The consonants of a name as they sound, "" if too few are left to tell anything.

    ``Mueller``, ``Müller`` and ``Muller`` are one; so are ``Cherif`` and ``Sharif``.
    """
    return sounds([name])[0]


def sounds(names: Sequence[str]) -> list[str]:
    """How each of many names sounds; some thousands at a time, as one text."""
    plain = list(map(str.isascii, names))
    # Texts of ASCII alone are translated many times faster.
    heard = iter(_heard(list(compress(names, plain))))
    odd = iter(_heard(list(compress(names, map(not_, plain)))))
    return [next(heard) if is_plain else next(odd) for is_plain in plain]


def _heard(names: list[str]) -> list[str]:
    found: list[str] = []
    for start in range(0, len(names), _TOGETHER):
        text = "\n".join(names[start : start + _TOGETHER])
        text = _SIBILANTS.sub("s", text.replace("ph", "f").replace("ck", "k"))
        text = _HEADS.sub(_head, text.translate(_SAME_SOUND))
        text = _DOUBLED.sub(r"\1", text.translate(_SILENT))
        found += [kept if len(kept) >= _LEAST else "" for kept in text.split("\n")]
    return found


def _head(match: re.Match[str]) -> str:
    return "H" if match[0] == "h" else "A"


@cache
def long_forms() -> dict[str, tuple[str, ...]]:
    """For each given name that is short for others, or has short forms: what it may stand for."""
    from nicknames import name_triplets

    forms: dict[str, set[str]] = {}
    for name, _, short in name_triplets():
        forms.setdefault(short, {short}).add(name)
        forms.setdefault(name, {name})
    for entry in re.findall(r"([a-z ]+[a-z]):([a-z,]+)", _SHORT.replace("\n", " ")):
        names = entry[0].split()
        for name in names:
            forms.setdefault(name, {name}).add(names[0])
        for short in entry[1].split(","):
            forms.setdefault(short, {short}).add(names[0])
    return {name: tuple(sorted(longer)) for name, longer in forms.items()}
