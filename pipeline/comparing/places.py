"""Names that do not belong in a unit's own paper: what stays behind when another's paper was copied.

A county, a town or another unit is named for many good reasons: a visit, an investor's home, a chamber
elsewhere, a good practice, what the city says of all its counties.  Only a name used as the unit's own is a
finding: actor or object of its work (``推动禹州市工商联工作``), ground it speaks for (``作为源汇区服务…的
品牌``), a town where it builds chambers.  The city's own leading group copied as one's own is one too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.comparing.gazetteer import Gazetteer, Place, PlaceKind
from pipeline.comparing.mentions import Mention, Mentions
from pipeline.comparing.model import ForeignName, ForeignNameKind, Paper, Passage
from pipeline.matching.fold import fold
from pipeline.model import Kind
from pipeline.rubric import Rubric
from pipeline.text import Sentence, clauses, sentences

__all__ = ["ForeignNames"]

_READ = frozenset({Kind.WORK_PLAN, Kind.SELF_CHECK, Kind.CHAMBER_PLAN, Kind.APPLICATION})
_JOINT = re.compile(r"[、和与及，,]|以及|工商联[、和与及]|工商业联合会[、和与及]")
_OWN_AFTER = re.compile(
    r"工商|总商会|[县区市]?委(?!托|员|培)|[县区]?(?:人民)?政府|党[委工]|管委会|财政|统战|直机关"
    r"|[各全]|服务|经济(?!技术)|民营|非公|会员|商会|“?五好|范围内|境内|辖区|(?:的)?(?:实际|特色|大局|情况)"
)
_OWN_BEFORE = re.compile(
    r"(?:作为|结合|推动|促进|立足|围绕|打造|建设|提升|推进|带动|符合|贴近|我们?|全|本|开创|谱写|服务|成立"
    r"|制定|印发|展示|树立|擦亮|奋力|实现)$"
)
#: Words of a clause that speak of somewhere else on purpose.
_ELSEWHERE = re.compile(
    r"我市|全市|各县区|各区县|兄弟|外[县区市地]|邻[县区]|周边|其他|别的|取经|借鉴|参照|学习|考察|参观|观摩|交流"
    r"|对标|看齐|经验|做法|模式|样板|拜访|看一?看|走一趟|跑一趟|邻|接壤|交界|划[归到入出]|托管|代管|原属|来自"
    r"|籍|老家|老乡|同乡|客商|调[到往来任]|引进|引来|引资|招商|投资|落户|迁|销往|卖到|发往|运往|供货|采购"
    r"|外出|异地|在外|驻外|联合|合办|共同|结对|互[访查]|交叉|邀|请.{0,12}来|比不上|不如|相比|对口|支援"
    r"|展销|参展|看展|培训班|毕业|租地|建厂|办厂|嫁|出生|比起|差距|像|那样|一样|受邀|应邀|接待|来访|到访|一行"
    r"|来函|函[请告询]|帮助下|协助下|牵线|感谢|转来|表扬"
)
_CITYWIDE = re.compile(r"我市|全市|各县区|各区县|各市县")
_GOING = re.compile(r"(?:到|赴|去|前往|跟|同|随|从|走进|往|至)(?:了|河南省?)?$")
_OTHERS_AFTER = re.compile(
    r"籍|人(?!民)|商人|客商|老板|老乡|商户|的?(?:客商|老板|商人|朋友)"
    r"|(?:人民)?(?:法院|检察院)|[^，。、；]{0,6}(?:医院|中学|小学|学校|学院|大学|支行|银行|农商行|公司|厂|景区)"
    r"|[一二三]中|高中|职高|路|大道|桥|火车站|村"
)
_TOWN_LIST_AFTER = re.compile(
    r"等?[两二三四五六七八九十几]?[个家处]?(?:镇街|乡镇|街道|[镇乡]|商会|空白|白地|办事处)"
)
_GROUP = re.compile(r"组长|领导小组|牵头|负责|主抓|分管|责任人|召集人|总抓")
_CITY_SPEAKS = re.compile(
    r"市工商(?:业联合会|联)(?:已|于|此前|党组|专门)?.{0,6}(?:成立|要求|确定|明确)|市[里联]"
)
_INVITED = re.compile(r"(?:请|邀|陪同|向|听取|学习|传达)[^，。；]{0,16}$")
_LONGEST_SENTENCE = 2_000  # characters: beyond this it is no sentence but a list or an attack
_SHORTEST_QUOTE = 10  # characters: shorter sentences stand in any text by chance


class ForeignNames:
    """Finds the names that do not belong; build once for a campaign.

    ``references`` are the texts of the notice and higher papers: what is quoted from them word for word
    speaks of other counties rightly.
    """

    def __init__(self, rubric: Rubric, gazetteer: Gazetteer, references: Iterable[str] = ()) -> None:
        self._rubric = rubric
        self._gazetteer = gazetteer
        self._mentions = Mentions(rubric, gazetteer)
        self._units = {unit.code: unit for unit in rubric.units if unit.code}
        self._codes = {unit.id: unit.code for unit in rubric.units}
        self._quoted = tuple(fold(text) for text in references)

    def find(self, paper: Paper) -> tuple[ForeignName, ...]:
        """Return the foreign names of one paper; none when its unit is unknown."""
        own = self._codes.get(paper.unit or "")
        if paper.kind not in _READ or not own:
            return ()
        read = sentences(paper.document)
        hits: dict[Place, list[Passage]] = defaultdict(list)
        for sentence in read:
            if len(sentence.text) <= _LONGEST_SENTENCE and not self._is_quoted(sentence):
                for place, start in self._hits(sentence, own):
                    hits[place].append(_passage(sentence, start))
        found = [self._described(paper, place, passages) for place, passages in hits.items()]
        return (*found, *self._people(paper, read))

    def _is_quoted(self, sentence: Sentence) -> bool:
        text = fold(sentence.text)
        return len(text) >= _SHORTEST_QUOTE and any(text in quoted for quoted in self._quoted)

    def _hits(self, sentence: Sentence, own: str) -> Iterator[tuple[Place, int]]:
        """Yield the foreign places a sentence names as if they were the unit's own, and where."""
        mentions = list(self._mentions.find(sentence.text))
        towns = [one for one in mentions if one.forms[0].place.kind is PlaceKind.TOWN]
        for mention in mentions:
            place = mention.forms[0].place
            if self._is_own(mention, own) or _is_elsewhere(sentence.text, mention):
                continue
            if place.kind is PlaceKind.TOWN:
                if self._is_named_town(sentence.text, mention, towns, own):
                    yield place, mention.start
            elif _is_claimed(sentence.text, mention) and not self._is_listed(sentence, mention, mentions):
                yield place, mention.start

    def _is_own(self, mention: Mention, own: str) -> bool:
        """Whether the name can be the unit's own: its county, its city, one of its towns."""
        county = self._gazetteer.by_code.get(own)
        city = county.parent if county else ""
        return any(place.code == own or place.parent == own or place.code == city for place in mention.places)

    def _is_named_town(self, text: str, mention: Mention, towns: Sequence[Mention], own: str) -> bool:
        if self._follows_its_county(text, mention):
            return False
        if not mention.is_weak:
            return True
        chain = _chain(text, mention, towns)
        if any(self._is_own(one, own) for one in chain):
            return False
        if any(not one.is_weak for one in chain):
            return True
        is_closed = bool(_TOWN_LIST_AFTER.match(text, chain[-1].end))
        return len(chain) > 2 or (len(chain) == 2 and is_closed)

    def _is_listed(self, sentence: Sentence, mention: Mention, mentions: Sequence[Mention]) -> bool:
        """Whether several counties are named together, as the city does when it speaks of all."""
        counties = [one for one in mentions if one.forms[0].place.kind is not PlaceKind.TOWN]
        if len(_chain(sentence.text, mention, counties)) > 1 or _CITYWIDE.search(sentence.text):
            return True
        around = [*mentions, *self._mentions.find(sentence.before)]
        return len({place.code for one in around for place in one.places if place.code in self._units}) > 2

    def _follows_its_county(self, text: str, mention: Mention) -> bool:
        """Whether the county stands before the town: who names it knows that it is elsewhere."""
        counties = (self._gazetteer.above(place) for place in mention.places)
        return any(
            county is not None and text.endswith((county.name, county.bare), 0, mention.start)
            for county in counties
        )

    def _described(self, paper: Paper, place: Place, passages: Sequence[Passage]) -> ForeignName:
        above = self._gazetteer.above(place)
        owner = above.name if above else ""
        if place.code in self._units:
            kind = ForeignNameKind.UNIT
            why = f"“{place.name}”是{self._units[place.code].name}的地方，这里当成了本单位自己的。"
        elif place.kind is PlaceKind.TOWN:
            kind = ForeignNameKind.TOWN
            why = f"“{place.name}”是{owner}的乡镇、街道，不在本单位辖区。"
        else:
            kind = ForeignNameKind.COUNTY
            why = f"“{place.name}”属于{owner}，同本单位无关，像是从别处带过来的。"
        return ForeignName(paper.id, kind, place.name, owner, why, tuple(dict.fromkeys(passages)))

    def _people(self, paper: Paper, read: Sequence[Sentence]) -> Iterator[ForeignName]:
        """Yield people of the issuing body who are made heads of the unit's own work."""
        program = self._rubric.program
        for name in program.issuer_people:
            passages = tuple(
                _passage(sentence, sentence.text.index(name))
                for sentence in read
                if name in sentence.text and _is_made_head(sentence, name)
            )
            if passages:
                why = f"“{name}”是{program.issuer}的人，这里当成了本单位的负责人。"
                yield ForeignName(paper.id, ForeignNameKind.PERSON, name, program.issuer, why, passages)


def _is_elsewhere(text: str, mention: Mention) -> bool:
    """Whether the words around say that somewhere else is meant."""
    if _OTHERS_AFTER.match(text, mention.end) or _GOING.search(text, 0, mention.start):
        return True
    clause = next((span for span in clauses(text) if span[0] <= mention.start < span[1]), (0, len(text)))
    return bool(_ELSEWHERE.search(text[clause[0] : mention.start] + "／" + text[mention.end : clause[1]]))


def _is_claimed(text: str, mention: Mention) -> bool:
    """Whether a county is used as one's own: its federation, its committee, the ground one speaks for."""
    if mention.names_federation:
        return True
    is_county = mention.forms[0].place.kind is PlaceKind.COUNTY
    after = _OWN_AFTER.match(text, mention.end)
    return is_county and bool(after or _OWN_BEFORE.search(text, 0, mention.start))


def _chain(text: str, mention: Mention, mentions: Sequence[Mention]) -> list[Mention]:
    """Return the names that stand in a row with this one, joined by 、 or 和."""
    place = mentions.index(mention)
    first = last = place
    while first and _is_joint(text, mentions[first - 1], mentions[first]):
        first -= 1
    while last + 1 < len(mentions) and _is_joint(text, mentions[last], mentions[last + 1]):
        last += 1
    return list(mentions[first : last + 1])


def _is_joint(text: str, one: Mention, other: Mention) -> bool:
    return bool(_JOINT.fullmatch(text, one.end, other.start))


def _is_made_head(sentence: Sentence, name: str) -> bool:
    if sentence.is_row:
        return any(cell.strip() == name for cell in sentence.text.split(" | "))
    before, _, after = sentence.text.partition(name)
    if _CITY_SPEAKS.search(before) or _INVITED.search(before):
        return False
    return bool(_GROUP.search(before[-30:]) or _GROUP.search(after[:12]))


def _passage(sentence: Sentence, start: int) -> Passage:
    anchor = next(one for one in sentence.anchors if one.start <= start < one.end)
    quote = sentence.text[anchor.start : anchor.end]
    return Passage(quote, anchor.locate(anchor.start, anchor.end))
