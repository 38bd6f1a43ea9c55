"""Names looked up among known ones: short forms find who they stand for, and mistakes in files are told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolution.evaluation.lookup import figures, lookup
from resolution.linking import Entity, Index
from resolution.linking.index import of_names
from schema.errors import InputError

# Invented, after the grammar of real ones.
NAMES = [
    "深圳市云岭科技股份有限公司", "云岭生物药业有限公司", "东莞宏岳工业区股份有限公司", "广东省工业和信息化厅",
    "广东省科学技术厅", "江城理工大学", "江城理工大学深圳研究院", "中国远望通信集团有限公司", "北京远望新能源有限公司",
    "第三届江城人工智能大会", "江城市数字经济产业联盟", "松江软件股份有限公司",
]  # fmt: skip
SHORT = {
    "云岭科技": "深圳市云岭科技股份有限公司",
    "云岭药业": "云岭生物药业有限公司",
    "粤宏岳": "东莞宏岳工业区股份有限公司",
    "广东省工信厅": "广东省工业和信息化厅",
    "江城理工": "江城理工大学",
    "江理工深研院": "江城理工大学深圳研究院",
    "远望通信": "中国远望通信集团有限公司",
    "松软股份": "松江软件股份有限公司",
}


@pytest.mark.parametrize(("query", "answer"), SHORT.items())
def test_a_short_form_finds_the_name_that_it_stands_for(query: str, answer: str) -> None:
    assert of_names(NAMES).link(query)[0].name == answer


ENGLISH = {
    "Jiangcheng University of Science and Technology": "江城理工大学",
    "Department of Science and Technology of Guangdong Province": "广东省科学技术厅",
    "Jiangcheng Digital Economy Industry Alliance": "江城市数字经济产业联盟",
    "Songjiang Software Co., Ltd.": "松江软件股份有限公司",
}


@pytest.mark.parametrize(("query", "answer"), ENGLISH.items())
def test_an_english_name_finds_the_chinese_one_by_words_and_sounds(query: str, answer: str) -> None:
    assert of_names(NAMES).link(query)[0].name == answer


LATIN = [
    "Jiangcheng Institute of Ceramic Research",
    "Department of Education of Songjiang Province",
    "Yunling Robotics Co., Ltd. (China)",
    "Xi'an Minzu University",
]
OTHERWISE = {
    "江城陶瓷研究院": "Jiangcheng Institute of Ceramic Research",
    "云岭机器人": "Yunling Robotics Co., Ltd. (China)",
    "Songjiang Province Department of Education": "Department of Education of Songjiang Province",
    "JICR": "Jiangcheng Institute of Ceramic Research",
    "JCICR": "Jiangcheng Institute of Ceramic Research",
    "YR": "Yunling Robotics Co., Ltd. (China)",
    "XAMZU": "Xi'an Minzu University",
    "Xī'ān Mínzú Dàxué": "Xi'an Minzu University",
}


@pytest.mark.parametrize(("query", "answer"), OTHERWISE.items())
def test_an_english_name_is_found_in_chinese_by_capitals_and_in_another_order(query: str, answer: str) -> None:
    assert of_names([*NAMES, *LATIN]).link(query)[0].name == answer


def test_a_chinese_name_means_nobody_by_english_who_has_a_chinese_name() -> None:
    both = Entity("a", ("远望实验室", LATIN[0]), "")
    assert all(each.name == "远望实验室" for each in Index([both]).link("江城陶瓷研究院"))


def test_capitals_and_words_that_nobody_knows_find_no_chinese_name() -> None:
    assert of_names(NAMES).link("XQZW") == []
    assert of_names(NAMES).link("Flibber Glorp") == []


@given(st.sampled_from(NAMES), st.permutations(NAMES))
def test_a_name_finds_itself_first_whatever_the_order_of_the_index(name: str, order: list[str]) -> None:
    found = of_names(order).link(name)
    assert (found[0].name, found[0].score) == (name, 1.0)
    assert found == of_names(NAMES).link(name)


@given(st.text(max_size=40))
def test_any_text_may_be_asked_and_scores_lie_in_the_unit_interval_in_order(text: str) -> None:
    scores = [each.score for each in of_names(NAMES).link(text, limit=20)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_an_entity_is_found_by_any_of_its_names_and_once() -> None:
    index = Index([Entity("a", ("华岳数据有限公司", "华岳", "Huayue Data"), "enterprise"), Entity("b", ("岳华大学",))])
    assert [each.entity.key for each in index.link("huayue data")][:1] == ["a"]
    assert [each.entity.key for each in index.link("华岳")].count("a") == 1
    assert [each.entity.key for each in index.link("华岳", kind="university")] == ["b"]


def test_nothing_is_found_in_an_empty_index() -> None:
    assert of_names([]).link("华岳") == []


def test_figures_of_ranks() -> None:
    assert figures([1, 2, None, 10]) == {"queries": 4, "top1": 0.25, "top5": 0.5, "mrr": 0.4}


def test_files_are_measured_and_a_query_may_have_several_answers(tmp_path: Path) -> None:
    entities, queries = tmp_path / "entities.txt", tmp_path / "queries.csv"
    entities.write_text("\n".join(NAMES), encoding="utf-8")
    rows = [f"{query},{answer}" for query, answer in SHORT.items()] + ["云岭科技,云岭生物药业有限公司"]
    queries.write_text("query,answer\n" + "\n".join(rows) + "\n", encoding="utf-8-sig")
    assert lookup(entities, queries) == {"queries": len(SHORT), "top1": 1.0, "top5": 1.0, "mrr": 1.0}


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("query,answer\n云岭,没有的公司\n", "none of the entities", ":2"),
        ("query,reply\n云岭,x\n", "no column 'answer'", ":1"),
        ("query,answer\n云岭,\n", "'answer' is empty", ":2"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, text: str, what: str, line: str) -> None:
    entities, queries = tmp_path / "entities.txt", tmp_path / "queries.csv"
    entities.write_text("\n".join(NAMES), encoding="utf-8")
    queries.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=what) as error:
        lookup(entities, queries)
    assert str(error.value.where).endswith(line)
