from __future__ import annotations

import pytest

from pipeline.comparing import ForeignNames
from pipeline.comparing.gazetteer import PlaceKind, built_in
from pipeline.model import Kind
from pipeline.rubric import built_in as rubric
from tests.pipeline.comparing.comparing_papers import a_paper, cases

FOREIGN = ForeignNames(rubric(), built_in())


@pytest.mark.parametrize(("unit", "expected", "text"), cases("foreign-names.txt"))
def test_only_a_name_used_as_ones_own_is_foreign(unit: str, expected: str, text: str) -> None:
    paper = a_paper(text, unit=unit)

    found = FOREIGN.find(paper)

    assert expected == ("、".join(name.name for name in found) or "-")
    for name in found:
        assert all(paper.document.text_at(one.locator) == one.quote for one in name.passages)


def test_words_of_the_notice_speak_of_others_rightly() -> None:
    sentence = "舞阳县工商联年底前务必一次通过验收。"
    foreign = ForeignNames(rubric(), built_in(), [f"一、目标\n{sentence}其他单位抓紧。"])

    found = foreign.find(a_paper(sentence))

    assert () == found


def test_nothing_is_foreign_to_a_paper_of_unknown_unit_or_another_kind() -> None:
    text = "推动禹州市工商联工作迈上新台阶。"

    found = [*FOREIGN.find(a_paper(text, unit=None)), *FOREIGN.find(a_paper(text, kind=Kind.OTHER))]

    assert [] == found


def test_every_mention_of_one_name_is_quoted() -> None:
    text = "结合禹州市实际定六件事。\n会议很多。\n推动禹州市工商联工作迈上新台阶。"

    (name,) = FOREIGN.find(a_paper(text))

    assert ["结合禹州市实际定六件事。", "推动禹州市工商联工作迈上新台阶。"] == [
        passage.quote for passage in name.passages
    ]
    assert ("许昌市", "“禹州市”属于许昌市") == (name.owner, name.why[:10])


def test_the_gazetteer_holds_all_of_henan_and_the_towns_of_luohe() -> None:
    gazetteer = built_in()
    luohe = {place.code: place.name for place in gazetteer.counties() if place.parent == "411100"}

    towns = {name: len(list(gazetteer.towns(code))) for code, name in luohe.items()}

    assert 17 == len(list(gazetteer.cities()))
    assert 158 <= len(list(gazetteer.counties()))
    assert {"临颍县": 15, "舞阳县": 14, "源汇区": 8} == {
        name: towns[name] for name in ("临颍县", "舞阳县", "源汇区")
    }
    assert len({place.code for place in gazetteer.counties()}) == len(list(gazetteer.counties()))


def test_every_county_is_in_a_city_of_the_table() -> None:
    gazetteer = built_in()

    kinds = {above.kind for place in gazetteer.places if (above := gazetteer.above(place))}

    assert {PlaceKind.PROVINCE, PlaceKind.CITY, PlaceKind.COUNTY} == kinds
    assert ["河南省"] == [place.name for place in gazetteer.places if gazetteer.above(place) is None]
