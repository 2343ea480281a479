"""The pairs that may be put together in one go: an identifier that two people hardly share.

Names alone are never enough, nor is a firm. A telephone on many entries is a switchboard, an
address of a desk is nobody's, a family shares a landline.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from core.matching.levels import (
    FEW,
    INITIAL,
    MANY,
    MISSING,
    NEAR,
    OTHER,
    OTHER_INITIAL,
    SAME,
    SHORT,
    SOUND,
    SPELLED,
)

if TYPE_CHECKING:
    from core.matching.codes import Flags
    from core.matching.levels import Field

_AGREEING: Final = (SAME, SHORT, SOUND, NEAR, SPELLED)
_AGAINST: Final = (OTHER, OTHER_INITIAL)
_SHARED: Final = (SAME, FEW, MANY)
_ON_FEW: Final = (SAME, FEW)


def certain(fields: list[Field]) -> Flags:
    """Which pairs are certain.

    An address, a handle with its platform or a telephone on three entries at most must be the
    same, and the names must go together; with two such kinds, they must only not be at odds.
    """
    by_name = {field.name: field for field in fields}
    size = len(fields[0].levels)

    def at(role: str, levels: tuple[int, ...]) -> Flags:
        if role not in by_name:
            return np.zeros(size, np.bool_)
        return np.isin(by_name[role].levels, levels)

    given, family = at("given", _AGREEING), at("family", _AGREEING)
    opposed = at("given", _AGAINST) | at("family", _AGAINST) | at("generation", _AGAINST)
    opposed |= at("birthday", (OTHER,)) | at("order", (OTHER,)) & ~(given & family)
    named = (given | at("given", (INITIAL,))) & (family | at("family", (INITIAL,)))
    named &= given | family
    half_named = given & at("family", (MISSING,))
    email, handle = at("email", _SHARED), at("handle", _SHARED)
    phone = at("phone", _ON_FEW)
    number = at("national_number", (SAME,))
    kinds = email.astype(np.int8) + handle + phone + number
    one_list = at("source", (SAME,))
    compatible = ~opposed & (~one_list | named)
    found = handle & ~opposed
    found |= email & compatible
    found |= phone & ~opposed & (named | half_named & ~one_list)
    found |= number & ~opposed & (given | family | at("birthday", (SAME, SHORT)))
    return found | ((kinds > 1) & compatible)
