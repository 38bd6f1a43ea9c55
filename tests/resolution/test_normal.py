import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.names.normal import normal_form, plain, simplify

names = st.text(
    st.characters(codec="utf-8") | st.sampled_from("（）〔〕【】［］有限责任公司股份 ·-_'&.LtdInc０Ａ臺灣發展"),
    max_size=25,
)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@given(names)
def test_a_normal_form_is_its_own_normal_form(name: str) -> None:
    assert normal_form(normal_form(name)) == normal_form(name)
    assert plain(plain(name)) == plain(name)


@given(names)
def test_width_of_characters_and_kind_of_brackets_do_not_matter(name: str) -> None:
    folded = normal_form(name)
    assert normal_form(unicodedata.normalize("NFKC", name)) == folded
    assert normal_form(unicodedata.normalize("NFD", name)) == folded
    for opening, closing in ("（）", "〔〕", "【】", "[]"):
        assert normal_form(name.replace("(", opening).replace(")", closing)) == folded


@given(st.text("abcXYZ 0123456789().-中国人民", max_size=15))
def test_full_width_letters_and_digits_are_the_narrow_ones(name: str) -> None:
    assert normal_form(name.translate(FULL_WIDTH)) == normal_form(name)


@given(st.text("臺灣發展開關電腦軟體資訊網絡國務院廣東", max_size=12))
def test_traditional_characters_are_the_simplified_ones_and_no_word_is_rewritten(name: str) -> None:
    assert normal_form(name) == normal_form(simplify(name))
    assert len(simplify(name)) == len(name)


@given(names, st.sampled_from(["\u3000", " ", "\t", "\n", "·", "，", "“", "”", "《", "》"]))
def test_white_space_and_punctuation_around_a_name_do_not_matter(name: str, mark: str) -> None:
    assert normal_form(f"{mark}{name}{mark}") == normal_form(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("广东省人民政府〔办公厅〕", "广东省人民政府(办公厅)"),
        ("華為技術有限公司", "华为技术有限公司"),
        ("华为技术有限责任公司", "华为技术有限公司"),
        ("某某股份有限责任公司", "某某股份有限公司"),
        ("Huawei Technologies Co., Ltd.", "huawei technologies co ltd"),
        ("ＨＵＡＷＥＩ　ＴＥＣＨ", "huawei tech"),
        ("Baidu, Inc.", "baidu incorporated"),
        ("国务院 办公厅", "国务院办公厅"),
        ("“人工智能+”行动", "人工智能+行动"),
    ],
)
def test_two_spellings_of_one_name_share_their_normal_form(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("华为技术有限公司", "华为"),
        ("某某股份有限公司", "某某有限公司"),
        ("广州市科学技术局", "广东省科学技术厅"),
        ("north west bank", "northwest bank"),
        ("第1中学", "第11中学"),
        ("科大讯飞(北京)有限公司", "科大讯飞(上海)有限公司"),
    ],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


@pytest.mark.parametrize("name", ["", " ", "·", "——", "《》", "\u200b", "\x00", "\ud800"])
def test_nothing_and_marks_alone_never_raise(name: str) -> None:
    assert isinstance(normal_form(name), str)
