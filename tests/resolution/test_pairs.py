"""Verdicts on two names: the ordinary cases are right, hard evidence forbids, and every step of the sum is told."""

import json
import math
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolution.names import acronyms, dictionary, latin, syllables
from resolution.pairs.compare import levels
from resolution.pairs.explain import explain, picture, steps, text, word
from resolution.pairs.fit import fit, labelled
from resolution.pairs.leftover import sides
from resolution.pairs.model import LABELS, load, save
from resolution.pairs.name import read
from resolution.pairs.verdict import judge
from schema.errors import InputError

# Invented, after the grammar of real ones.
SAME = [
    ("深圳市云岭科技股份有限公司", "云岭科技", "enterprise"),
    ("深圳市云岭科技股份有限公司", "深圳市雲嶺科技股份有限公司", "enterprise"),
    ("云岭(深圳)科技有限公司", "云岭（深圳）科技有限公司", ""),
    ("广东省工业和信息化厅", "广东省工信厅", ""),
    ("中国科学院江城计算技术研究所", "中科院江城计算所", ""),
    ("关于印发《江城市人工智能发展规划》的通知", "江城市人工智能发展规划", "policy"),
    ("江城理工大学", "江城理工", "university"),
    ("2021世界云计算大会", "2021年世界云计算大会", "conference"),
    ("中国云岭通信有限公司浙江省分公司", "浙江云岭", "enterprise"),
    ("南京江宁经济技术开发区", "江宁经开区", "park"),
]
RELATED = [
    ("江城理工大学", "江城理工大学深圳研究院", "", ("institute", "right")),
    ("江城理工大学附属第一医院", "江城理工大学", "", ("hospital", "left")),
    ("云岭科技有限公司", "云岭科技有限公司北京分公司", "enterprise", ("branch", "right")),
    ("第三届世界云计算大会", "第四届世界云计算大会", "conference", ("edition", "")),
    ("江城市人工智能发展规划", "江城市人工智能发展规划（征求意见稿）", "policy", ("draft", "right")),
    ("《江城市人工智能发展规划》解读", "江城市人工智能发展规划", "policy", ("explanation", "left")),
    ("世界云计算大会", "2021年世界云计算大会", "conference", ("edition", "right")),
]
DIFFERENT = [
    ("江城市第一人民医院", "江城市第二人民医院", ""),
    ("广东省科学技术厅", "江苏省科学技术厅", "government"),
    ("深圳市云岭科技股份有限公司", "深圳市宏岳科技股份有限公司", "enterprise"),
    ("江西理工大学", "江西师范大学", "university"),
    ("山东省大数据发展规划", "山西省大数据发展规划", "policy"),
    ("云岭（杭州）信息技术有限公司", "云岭（成都）信息技术有限公司", "enterprise"),
]


@pytest.mark.parametrize(("left", "right", "kind"), SAME)
def test_spellings_short_forms_and_notices_are_the_same(left: str, right: str, kind: str) -> None:
    assert judge(left, right, kind).label == "same"


@pytest.mark.parametrize(("left", "right", "kind", "tie"), RELATED)
def test_units_editions_and_papers_about_papers_are_related(
    left: str, right: str, kind: str, tie: tuple[str, str]
) -> None:
    verdict = judge(left, right, kind)
    assert verdict.relation is not None
    assert (verdict.label, verdict.relation.type, verdict.relation.part) == ("related", *tie)


@pytest.mark.parametrize(("left", "right", "kind"), DIFFERENT)
def test_another_number_place_brand_or_subject_is_another(left: str, right: str, kind: str) -> None:
    assert judge(left, right, kind).label == "different"


@pytest.mark.parametrize(("left", "right", "rule"), [
    ("江城市第一人民医院", "江城市第二人民医院", "number=conflict"),
    ("第三届世界云计算大会", "第四届世界云计算大会", "edition=conflict"),
    ("广东云岭科技有限公司", "江苏云岭科技有限公司", "place=conflict"),
])  # fmt: skip
def test_hard_evidence_forbids_same_whatever_else_is_alike(left: str, right: str, rule: str) -> None:
    verdict = judge(left, right)
    assert rule in verdict.forbidden
    assert verdict.probabilities["same"] == 0


names = st.one_of(
    st.text(max_size=20), st.text(alphabet="深圳市云岭科技有限公司大学第一二届医院(北京)通知AI ", max_size=16)
)


@settings(max_examples=150, deadline=None)
@given(names, names)
def test_any_two_texts_are_judged_and_the_order_of_the_two_does_not_count(left: str, right: str) -> None:
    verdict, turned = judge(left, right), judge(right, left)
    assert verdict.probabilities == turned.probabilities
    assert verdict.levels == turned.levels
    assert math.isclose(sum(verdict.probabilities.values()), 1, abs_tol=1e-3)


@settings(max_examples=60, deadline=None)
@given(names.filter(lambda name: any(c.isalnum() for c in name)))
def test_a_name_is_never_different_from_itself(name: str) -> None:
    assert levels(read(name), read(name))["spelling"] == "equal"
    assert judge(name, name).label == "same"


@pytest.mark.parametrize(("english", "chinese", "share"), [
    ("University of Science and Technology of China", "中国科学技术大学", 1.0),
    ("Harbin Institute of Technology", "哈尔滨工业大学", 1.0),
    ("Zhejiang Lab", "深圳大学", 0.0),
])  # fmt: skip
def test_english_names_explain_chinese_ones_word_for_word(english: str, chinese: str, share: float) -> None:
    mask, left = latin.covered(english, chinese)
    assert min(mask.mean(), 1 - len(left) / len(dictionary.words_of(english))) == share


def test_capitals_stand_for_the_words_or_the_sounds_of_a_name() -> None:
    assert acronyms.acronym("BUPT", "北京邮电大学") == "acronym"
    assert acronyms.acronym("GDGX", "广东工学") == "acronym"
    assert acronyms.acronym("CMDA", "中国医师协会") == "acronym_most"  # Medical stands in no word
    assert acronyms.acronym("XYZ", "北京邮电大学") == "little"


@pytest.mark.parametrize(
    ("left", "right", "comparison", "level"),
    [
        ("第二十三届江城工业博览会", "第23届江城工业博览会", "spelling", "equal"),
        ("首届江城工业博览会", "第一届江城工业博览会", "spelling", "equal"),
        ("南京经济技术开发区", "南京江宁经济技术开发区", "place", "other_district"),
        ("南京云岭科技有限公司", "南京江宁云岭科技有限公司", "place", "district_of"),
        ("江苏经济技术开发区", "南京经济技术开发区", "place", "within"),
        ("Yunlin Network Co., Ltd.", "云岭网络科技有限公司", "sound", "near"),
        ("Tarkov Network Co., Ltd.", "云岭网络科技有限公司", "sound", "unlike"),
        ("Yunling Network Co., Ltd.", "云岭网络科技有限公司", "sound", "one"),
        ("NUST", "北京理工大学", "english", "acronym_most_of_elsewhere"),
        ("江城理工大学", "智能传感国家重点实验室", "kind", "laboratory/university"),
    ],
)
def test_a_comparison_tells_two_names_apart(left: str, right: str, comparison: str, level: str) -> None:
    assert levels(read(left), read(right))[comparison] == level


def test_a_second_name_in_brackets_is_a_name() -> None:
    both = "江城大学附属第四医院（江城市云湖医院）"
    assert [judge(name, both).outcome for name in ("江城市云湖医院", "江城大学附属第四医院")] == ["same", "same"]
    assert judge("松江市云湖医院", both).outcome != "same"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("江城大学（第一临床医学院）", "江城大学"),
        ("江城大学（江城大学医学院）", "江城大学"),
        ("云岭科技有限公司（云岭集团控股子公司）", "云岭科技有限公司"),
        ("江城大学附属第四医院（江城市云湖医院）", "江城大学附属第五医院（江城市云湖医院）"),
    ],
)
def test_a_unit_in_brackets_is_no_second_name_and_none_outweighs_what_forbids_same(left: str, right: str) -> None:
    assert judge(left, right).outcome != "same"


def test_capitals_are_words_or_syllables_and_no_country_or_form() -> None:
    assert acronyms.short_forms("Shandong Institute of Advanced Technology") == {"SIAT", "SDIAT"}
    assert "YR" in acronyms.short_forms("Yunling Robotics Co., Ltd. (China)")
    assert syllables.cuts("xian") == (("xian",), ("xi", "an"))
    assert syllables.cuts("institute") == ()
    assert len(syllables.cuts("an" * 60)) <= syllables.MOST


def test_a_word_may_be_called_what_a_dictionary_says_in_any_of_its_forms() -> None:
    mask, left = latin.covered("Zhejiang Acupuncture Promotion Association", "浙江针灸促进协会")
    assert mask.all()
    assert not left


@pytest.mark.parametrize(("left", "right"), [("广东云岭", "中国云岭集团广东有限公司"), ("云岭广东公司", "广东云岭")])
def test_a_place_may_stand_elsewhere(left: str, right: str) -> None:
    short, _ = sides(read(left, "enterprise"), read(right, "enterprise"))
    assert short.share == 1.0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_explanation_adds_up_and_is_told_in_both_languages(lang: str) -> None:
    verdict = judge("江城理工大学", "江城理工大学深圳研究院")
    said = explain(verdict)
    best, second = sorted(verdict.probabilities.values(), reverse=True)[:2]
    assert math.isclose(said["odds"], math.log2(best / second), abs_tol=0.3)
    assert math.isclose(sum(bits for _, bits in list(steps(said, lang))[:-1]), said["odds"], abs_tol=0.1)
    assert word("related", lang) in text(said, lang)
    assert json.loads(json.dumps(said)) == said
    assert said["names"][1]["parts"][-1]["type"] == "unit"


def test_every_word_of_an_explanation_has_its_chinese() -> None:
    missing = {
        part
        for comparison, level in load().weights
        for part in (*comparison.split("*"), *level.replace("*", "/").replace("+", "/").split("/"))
        if part.strip("-0123456789") and word(part, "zh") == part
    }
    assert not missing


def test_a_picture_holds_no_mark_up_of_a_hostile_name() -> None:
    said = explain(judge("<script>alert(1)</script>云岭", '云岭"科技&有限公司'))
    tree = ElementTree.fromstring(picture(said, "zh"))
    assert [each for each in tree.iter() if each.tag.endswith("script")] == []


def test_weights_are_learned_saved_and_read_again(tmp_path: Path) -> None:
    rows = [f"云岭{n}号科技,云岭{n}号科技有限公司,enterprise,same,c{n}" for n in range(30)]
    rows += [f"云岭{n}号科技,宏岳{n}号机械,enterprise,different,c{n}" for n in range(30)]
    file = tmp_path / "labelled.csv"
    file.write_text("\n".join(["left,right,kind,label,cluster", *rows]), encoding="utf-8")
    model = fit(labelled([file], [1.0]))
    save(model, tmp_path / "names.csv")
    again = load(tmp_path / "names.csv")
    assert judge("启元科技", "启元科技有限公司", "enterprise", again).label == "same"
    assert judge("启元科技", "象限机械", "enterprise", again).label == "different"
    assert set(again.weights) == set(model.weights)


def test_a_table_that_holds_no_weights_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text("comparison,level,same,related,different\nplace,equal,1,0,x\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds no weights") as caught:
        load(file)
    assert caught.value.where == f"{file}:2"


def test_labels_are_the_three_of_the_benchmark() -> None:
    assert LABELS == ("same", "related", "different")
