"""Who, when, how much, how: what makes a measure checkable (domain.md §6).

A slot is filled only by words that an inspector could check.  ``适时`` or ``近期`` is no date, ``相关部门``
no person, ``进一步加强`` no method.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.matching.lexicon import SURNAMES
from pipeline.model import Slot, SlotName

__all__ = ["backing", "slots"]

# Bounded, so that a page of digits costs no more than a page of words.
_NUMBER = r"(?:[0-9０-９]{1,12}(?:[.．][0-9０-９]{1,6})?|[〇零一二两三四五六七八九十百千]{1,9})"
_DIGIT = r"[0-9０-９〇零一二三四五六七八九十]"
_WHEN = re.compile(
    rf"(?:{_DIGIT}{{4}}年)?{_DIGIT}{{1,3}}月(?:{_DIGIT}{{1,3}}[日号]|份|[上中下]旬|[底末初])?(?:之?前|以前|止)?"
    rf"|{_DIGIT}{{4}}年(?:[底末初]|[上下]半年|度)?(?:之?前)?"
    r"|(?:今|去|明|本|当)?年(?:[底末初]|[上下]半年)(?:之?前)?|[上下]半年"
    r"|第?[一二三四1-4]季度"
    rf"|每(?:半年|季度?|月|周|旬|年|星期|逢|[双单]月)(?:第?{_NUMBER}|[一二三四五六日末底初])*"
    r"|按[月季周](?!$)|逐月|月初|月末|月底|季末|季初|周[一二三四五六日](?![期边])|星期[一二三四五六日]"
    rf"|{_NUMBER}个?(?:工作日|天|周|个月|日)内|{_DIGIT}{{1,4}}[.．/-]{_DIGIT}{{1,2}}[.．/-]{_DIGIT}{{1,2}}"
    r"|(?:即日起|当[天日月场]|次日|国庆节|中秋节|春节)(?:前|后)?"
)
_UNIT = (
    "家|户|个|名|人次|人|位|次|场|期|件|条|项|份|篇|万元|亿元|元|平方米|平米|㎡|间|本|册|套|台|分|天|学时|小时|"
    "倍|支|所|村|类|页|处|届|轮|批|笔|宗|起|枚|块|成|辆|吨|公里|课时|字|栏|格|岁|把|张|回|趟|遍|桌|门|部"
)
_HOW_MUCH = re.compile(
    rf"(?:约|近|超过?|达到?)?百分之{_NUMBER}"
    rf"|(?:不少于|不低于|不超过|超过|达到|约|近|共|累计|至少)?{_NUMBER}(?:[余多来几])?(?:万|亿)?(?:余|多)?(?:{_UNIT})(?![月号])"
    rf"|{_NUMBER}(?:个百分点|%|％|‰)|{_NUMBER}成|全覆盖|(?:过|近|上)(?:半|百|千)"
)
_ORDINAL = re.compile(
    r"第?[一二三四五六七八九十]{1,4}(?:是|要|个方面|项工作|届|次(?:党代会|会议|执委|全会|党组))|一个(?:设立|方面)|五个有|两个健康|四个全面"
)
_POST = (
    "党组书记|党组成员|主席|副主席|会长|副会长|秘书长|副秘书长|办公室主任|副主任|主任|科长|副科长|干事|主任科员|科员|"
    "会计|出纳|专干|书记|组长|负责人|专职人员|常委|部长|局长|联络员|信息员|经理|董事长|总经理|律师|同志"
)
_DEPARTMENT = "办公室|秘书处|财务室|(?:会员|经济|宣教|综合|组宣|联络|业务|维权)[科部股]"
_ACTS = (
    "负责|牵头|具体|承办|经办|分管|主抓|带队|主持|担任|任|包联|联系"
    "|落实|收集|汇总|登记|录入|保管|统计|统一|督办"
)
_NAME = rf"[{SURNAMES}][一-鿿]{{1,2}}?(?=[，。、；：:（）()\s|]|{_ACTS}|同志|为|等|和|$)"
_WHO = re.compile(
    rf"由[^，。；]{{1,14}}?(?:{_POST})(?:{_NAME})?|(?:{_DEPARTMENT})?(?:{_POST}){_NAME}"
    rf"|[{SURNAMES}][一-鿿]{{1,2}}?(?=同志|{_POST}|{_ACTS})"
    rf"|(?:{_DEPARTMENT})(?=[^，。；]{{0,6}}(?:{_ACTS}))"
    rf"|(?:{_POST})(?=[^，。；]{{0,8}}(?:{_ACTS}|轮流|值班|坐班))"
    r"|(?:责任人|牵头人|责任领导|联系人|经办人)[:：]?[一-鿿]{2,4}"
)
_HOW = re.compile(
    r"《[^》]{2,40}》"
    r"|“[^”]{2,16}”(?=[^，。；]{0,8}(?:制|办法|机制|活动|模式|行动|工程|制度|品牌|做法|平台))"
    r"|(?:培训班|座谈会|对接会|推介会|现场会|招聘会|恳谈会|联席会|讲座|论坛|沙龙|问卷|专栏|微信群|微信公众号|QQ群|台账|名册|档案|登记表|"
    r"通报|抽查|打分|评议|述职|无记名|投票|测评|签到|承诺书|公约|协议|办法|细则|章程|流程|积分|红黄牌|三年规划|工作法|示范点|"
    r"会员之家|服务站|工作站|联络站|调解(?:委员会|室)|大走访|结对|包联|分片|轮流|坐班|值班|AB岗|一人一档|一企一册|一事一议|建档|编印|汇编|录入|公示|审批|备案)"
    r"|通过[^，。；]{3,20}(?:方式|形式|办法|渠道)|采取[^，。；]{3,20}(?:方式|形式|办法)|按照?[“《][^”》]{2,20}[”》]"
)
_BACKING = re.compile(
    r"[一-鿿]{1,8}[〔\[［（(][0-9０-９]{4}[〕\]］）)](?:第?[0-9０-９]+号)"
    r"|附(?:件|表|后)[0-9０-９一二三四五六七八九十]*|见附|会议?纪要|会议记录|签到[表簿册]|详见[^，。；]{0,10}表|见[^，。；]{0,6}(?:表|册|附|卷)"
    r"|批复|登记证书?|登记[表簿册]|(?:名册|台账|档案|记录|花名册|汇编|照片|凭证|票据|复印件|存档|归档|备查)"
)
_RULES = (
    (SlotName.WHO, _WHO),
    (SlotName.WHEN, _WHEN),
    (SlotName.HOW_MUCH, _HOW_MUCH),
    (SlotName.HOW, _HOW),
)


def slots(text: str) -> tuple[Slot, ...]:
    """Return the filled slots of one sentence, each with its span in the text.

    >>> [(slot.name.value, slot.text) for slot in slots("6月底前由办公室主任李明牵头举办培训班2期")]
    [('who', '由办公室主任李明'), ('when', '6月底前'), ('how_much', '2期'), ('how', '培训班')]
    """
    return tuple(_slots(text))


def _slots(text: str) -> Iterator[Slot]:
    ordinals = [match.span() for match in _ORDINAL.finditer(text)]
    for name, pattern in _RULES:
        for match in pattern.finditer(text):
            inside = any(a <= match.start() < b for a, b in ordinals)
            if name is SlotName.HOW_MUCH and inside:
                continue
            yield Slot(name, match.group(), match.start(), match.end())


def backing(text: str) -> tuple[str, ...]:
    """Return what the text names as proof: document numbers, minutes, annexes, registers."""
    return tuple(match.group() for match in _BACKING.finditer(text))
