"""The shipped rubric says what the notice says, and its cues catch what they are meant for."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter

import pytest

from pipeline.model import Kind, Tier
from pipeline.rubric import Criterion, Requirement, Rubric, built_in

SHIPPED = built_in()
ELEMENTS = {"C1": 7, "C2": 6, "C3": 9, "C4": 6, "C5": 7}
PLAN_TIERS = {Tier.R1: range(1, 6), Tier.R2: range(6, 12), Tier.R3: range(12, 16)}
KEY_TASKS = {
    "KT1": ["C1.2", "C1.3", "C1.4", "C1.5", "C1.6", "C1.7"],
    "KT2": ["C2.1", "C2.2", "C2.3", "C2.4"],
    "KT3": ["C3.2", "C3.3", "C3.4", "C3.5", "C3.6", "C3.7", "C3.8"],
    "KT4": ["C4.6"],
}
REACH = 40


def the_ids() -> list[str]:
    criteria = [f"{criterion}.{n}" for criterion, many in ELEMENTS.items() for n in range(1, many + 1)]
    return [*criteria, *(f"P{n}" for n in range(1, 16)), *(f"Z{n}" for n in range(1, 10))]


# --- a naive reading of the cue grammar, on purpose independent of pipeline.matching -----------------------


def words_of(part: str, rubric: Rubric = SHIPPED) -> list[str]:
    words: list[str] = []
    for word in part.split("|"):
        words += rubric.classes[word[1:]] if word.startswith("@") else [word]
    return words


def has_cue(cue: str, sentence: str) -> bool:
    parts = cue.split(" + ")
    forbidden = [word for part in parts if part.startswith("!") for word in words_of(part[1:])]
    if any(word in sentence for word in forbidden):
        return False
    choices = [
        [match.span() for word in words_of(part) for match in re.finditer(re.escape(word), sentence)]
        for part in parts
        if not part.startswith("!")
    ]
    return any(stand_together(sorted(spans)) for spans in itertools.product(*choices))


def stand_together(spans: list[tuple[int, int]]) -> bool:
    apart = all(one[1] <= other[0] for one, other in itertools.pairwise(spans))
    return apart and spans[-1][1] - spans[0][0] <= REACH


def speaks_of(sentence: str) -> set[str]:
    return {need.id for need in SHIPPED.requirements if any(has_cue(cue, sentence) for cue in need.cues)}


# --- what ships ---------------------------------------------------------------------------------------------


def test_every_requirement_of_the_list_is_there_once_and_in_order() -> None:
    assert the_ids() == [need.id for need in SHIPPED.requirements]


def test_elements_belong_to_their_criterion_and_count_for_both_papers() -> None:
    for need in SHIPPED.requirements[:35]:
        assert need.id.split(".")[0] == need.criterion
        assert need.applies_to == (Kind.WORK_PLAN, Kind.SELF_CHECK)


def test_elements_the_notice_lists_belong_to_its_key_tasks() -> None:
    tasks = {
        task: [n.id for n in SHIPPED.requirements if n.key_task == task]
        for task in (task.id for task in SHIPPED.key_tasks)
    }

    assert tasks == KEY_TASKS


def test_plan_elements_have_their_tier_and_are_asked_of_plans_only() -> None:
    for tier, numbers in PLAN_TIERS.items():
        for number in numbers:
            need = SHIPPED.by_id[f"P{number}"]
            assert (tier, (Kind.WORK_PLAN,)) == (need.tier, need.applies_to)


def test_self_check_elements_are_asked_of_self_checks_only() -> None:
    assert {(Kind.SELF_CHECK,)} == {SHIPPED.by_id[f"Z{n}"].applies_to for n in range(1, 10)}
    assert len(SHIPPED.needs(Kind.WORK_PLAN)) == 35 + 15
    assert len(SHIPPED.needs(Kind.SELF_CHECK)) == 35 + 9


def test_weights_of_elements_add_up_to_their_criterion_and_are_only_proposed() -> None:
    sums = Counter[str]()
    for need in SHIPPED.requirements[:35]:
        sums[str(need.criterion)] += int(need.weight)

    assert {criterion.id: criterion.weight for criterion in SHIPPED.criteria} == dict(sums)
    assert sum(sums.values()) == 100
    assert "拟定" in SHIPPED.status
    assert SHIPPED.pass_mark == 90


@pytest.mark.parametrize("need", SHIPPED.requirements, ids=lambda need: need.id)
def test_each_requirement_is_complete(need: Requirement) -> None:
    assert need.clause.startswith(("一、", "二、", "三、", "四（", "五、", "通知未点名"))
    assert need.advice.startswith("请")
    assert need.advice.endswith("。")
    assert need.proofs
    assert 3 <= len(need.positive) <= 5
    assert 3 <= len(need.negative) <= 5


def test_what_the_notice_does_not_name_is_left_for_the_city_to_confirm() -> None:
    unnamed = [need for need in SHIPPED.requirements if "未点名" in need.clause]

    assert unnamed
    assert all("待市联确认" in need.clause for need in unnamed)


def test_no_two_requirements_give_the_same_advice() -> None:
    assert len(SHIPPED.requirements) == len({need.advice for need in SHIPPED.requirements})


def test_every_word_class_is_used() -> None:
    cues = " ".join(cue for need in SHIPPED.requirements for cue in need.cues)

    assert set(SHIPPED.classes) == set(re.findall(r"@([^\s|+]+)", cues))


@pytest.mark.parametrize("need", SHIPPED.requirements, ids=lambda need: need.id)
def test_every_positive_example_has_a_cue_of_its_requirement(need: Requirement) -> None:
    silent = [text for text in need.positive if not any(has_cue(cue, text) for cue in need.cues)]

    assert silent == []


@pytest.mark.parametrize("criterion", SHIPPED.criteria, ids=lambda criterion: criterion.id)
def test_the_bare_name_of_a_criterion_is_no_cue_for_an_element(criterion: Criterion) -> None:
    elements = {need for need in speaks_of(f"努力做到{criterion.name}。") if need[0] == "C"}

    assert set() == elements


@pytest.mark.parametrize(
    "slogan",
    [
        "以“反对贿赂·公平竞争”活动和守法诚信教育活动为契机，推进“五好”建设。",
        "与服务“四个全面”战略布局、开展“三严三实”专题教育结合起来。",
        "这是践行“两个健康”工作主题、贯彻中央16号文件的重要保证。",
        "拓展思路，创新工作，全面提升基层工作水平。",
    ],
)
def test_background_slogans_speak_of_no_element(slogan: str) -> None:
    assert set() == {need for need in speaks_of(slogan) if need[0] == "C"}


@pytest.mark.parametrize(
    ("sentence", "never", "instead"),
    [
        ("食品商会实行会长轮值，一年一换，这是该商会的内部办法。", "requirements › C1.4", "C3.5"),
        ("县委常委会听取了一次工商联工作汇报。", "C1.3", "C5.4"),
        ("机关干部年度考核，三人评为优秀，平均年龄48岁。", "requirements › C1.5", "C5.7"),
        ("为会员企业举办电商培训班一期，60人参加。", "C1.6", "C4.2"),
        ("面粉商会修订了自己的章程和会费办法。", "C2.2", "C3.5"),
        ("侯镇商会已超期一年没有换届。", "C1.7", "C3.5"),
        ("律师每月10日到工商联坐班，免费咨询。", "requirements › C1.4", "C4.2"),
        ("给每家镇商会补助启动经费5000元。", "C5.2", "C3.9"),
        ("非公企业党组织组建率达到六成，会员捐款12万元。", "C1.1", "C4.5"),
    ],
)
def test_what_belongs_elsewhere_is_not_mistaken(sentence: str, never: str, instead: str) -> None:
    spoken = speaks_of(sentence)

    assert never not in spoken
    assert instead in spoken


def test_market_figures_of_the_county_are_not_member_figures() -> None:
    assert "C2.5" not in speaks_of("全县市场主体2.1万户，其中私营企业1120家。")


def test_units_are_told_by_their_full_short_and_misspelt_names() -> None:
    names = {unit.id: set(unit.names) for unit in SHIPPED.units}

    assert {"linying", "yancheng", "wuyang", "yuanhui", "shaoling", "jkq"} == set(names)
    assert {"舞阳县工商联", "舞阳县工商业联合会", "舞阳工商联", "舞阳县", "午阳"} <= names["wuyang"]
    assert {"临颖", "临頴", "林颍"} <= names["linying"]
    assert {"漯河经济技术开发区工商业联合会", "经开区", "开发区"} <= names["jkq"]


def test_no_name_stands_for_two_units() -> None:
    names = Counter(name for unit in SHIPPED.units for name in unit.names)

    assert [name for name, times in names.items() if times > 1] == []


def test_the_longest_name_of_a_unit_comes_first() -> None:
    lengths = [len(name) for name in SHIPPED.unit("jkq").names]

    assert sorted(lengths, reverse=True) == lengths


def test_deadlines_and_recognition_are_those_of_the_notice() -> None:
    assert dt.date(2015, 12, 31) == SHIPPED.unit("wuyang").deadline
    assert dt.date(2016, 12, 31) == SHIPPED.unit("jkq").deadline
    assert dt.date(2017, 12, 31) == SHIPPED.unit("jkq").deadline_latest_reading
    assert [unit.id for unit in SHIPPED.units if unit.is_recognised] == ["linying", "yancheng"]


def test_steps_have_the_windows_of_the_notice() -> None:
    windows = {step.id: (step.start.isoformat()[5:], step.end.isoformat()[5:]) for step in SHIPPED.steps}

    assert windows == {
        "S1": ("04-01", "06-30"),
        "S1b": ("04-01", "06-30"),
        "S2": ("04-01", "07-31"),
        "S3": ("04-01", "10-31"),
        "S4": ("09-01", "10-31"),
        "S5": ("09-01", "11-10"),
    }


def test_each_due_paper_has_a_step_and_a_rule_for_its_title() -> None:
    due = {step.due for step in SHIPPED.steps if step.due}

    assert {Kind.WORK_PLAN, Kind.SELF_CHECK, Kind.CHAMBER_PLAN} == due
    assert due <= set(SHIPPED.kinds)


def test_a_county_speaking_of_itself_is_not_the_issuer() -> None:
    assert "我会" not in SHIPPED.program.issuer_names
    assert {"市工商联", "市联", "漯河市工商联"} <= set(SHIPPED.program.issuer_names)
    assert {"王为民", "王进方"} == set(SHIPPED.program.issuer_people)


def test_criteria_answer_to_their_names_since_2020() -> None:
    later = {alias for criterion in SHIPPED.criteria for alias in criterion.aliases}

    assert {"政治引领好", "队伍建设好", "商会发展好"} <= later
