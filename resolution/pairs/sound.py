"""Brands by ear: an English word that no gloss explains beside Chinese characters that none explains.

Companies spell their brands as they like (用友 is Yonyou, 奇瑞 Chery, 埃斯顿 Estun), near the pinyin but not in it. Of
both only the consonants are compared, and those that are heard alike are one.
"""

import re

import numpy as np
from pypinyin import lazy_pinyin
from rapidfuzz.distance import Indel

from resolution.names import latin
from resolution.names.acronyms import ACRONYM
from resolution.names.latin import HAN
from resolution.names.parts import PartType
from resolution.pairs.name import Name

NONE = "none"
_STEPS = ((0.99, "equal"), (0.75, "near"), (0.5, "far"), (0.0, "unlike"))
# Initials of pinyin and letters of English that are heard alike, the longer first.
_ALIKE = (
    ("zh", "j"), ("ch", "c"), ("sh", "s"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("ng", "n"), ("q", "c"), ("x", "s"),
    ("z", "j"), ("k", "c"), ("g", "c"), ("b", "p"), ("d", "t"), ("v", "w"), ("l", "r"), ("h", ""), ("m", "n"),
)  # fmt: skip


def sound(one: Name, other: Name) -> str:
    """How a brand in the alphabet sounds beside the Chinese one, where neither is explained by words or pinyin."""
    if one.is_latin == other.is_latin:
        return NONE
    english, chinese = (one, other) if one.is_latin else (other, one)
    if ACRONYM.match(english.printed):
        return NONE
    text = chinese.parts.text
    mask, words = latin.covered(english.parts.text, text)
    free = np.array([not done for done in mask])
    for part in chinese.parts.of(PartType.FORM, PartType.KIND, PartType.PLACE):
        free[part.start : part.end] = False
    left = "".join(c for c, is_free in zip(text, free, strict=True) if is_free and HAN.match(c))
    strange = "".join(word for word in words if latin.word_type(word) == "brand")
    if not strange or not left:
        return "one" if strange or left else NONE
    heard = Indel.normalized_similarity(consonants(strange), consonants("".join(lazy_pinyin(left))))
    return next(word for least, word in _STEPS if heard >= least)


def consonants(letters: str) -> str:
    """Return what is heard of a word's consonants, in small letters; the first vowel counts as one."""
    said = letters.lower()
    for spelt, heard in _ALIKE:
        said = said.replace(spelt, heard)
    return re.sub(r"(.)\1+", r"\1", said[:1] + re.sub("[^bcdfghjklmnpqrstvwxyz]", "", said[1:]))
