"""One small paper per way of numbering, with what a reader of Word sees."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tests.builders.docx_builder import (
    abstract,
    cell,
    docx,
    in_list,
    level,
    number,
    numbered,
    paragraph,
    row,
    styled,
    table,
)

__all__ = ["NUMBERS", "Construct", "Office"]


class Office(enum.Enum):
    """Where LibreOffice shows the construct as Word does."""

    TEXT = "in its text export"
    PAGE = "on its pages, not in its text export"
    NOT = "nowhere, or in another way"


@dataclass(frozen=True)
class Construct:
    """A paper and its visible text, line by line, cells separated by tabs."""

    name: str
    data: bytes
    shown: str
    office: Office = Office.TEXT


def _list(number_format: str, shown: str, *words: str, extra: str = "", after: str = "") -> bytes:
    definition = abstract(level(0, number_format, shown, extra, after)) + number()
    return docx("".join(numbered(word) for word in words), numbering=definition)


_OUTLINE = abstract(
    level(0, "chineseCountingThousand", "%1、", '<w:suff w:val="nothing"/>'),
    level(1, "chineseCountingThousand", "（%2）", '<w:suff w:val="nothing"/>'),
    level(2, "decimal", "%3.", '<w:suff w:val="nothing"/>'),
)
_PARA_STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="无编号标题"/><w:basedOn w:val="1"/>'
    '<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
)
_LINKED = abstract(
    level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/><w:suff w:val="nothing"/>'),
    level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/><w:suff w:val="nothing"/>'),
)
_NUMBERING_STYLE = (
    '<w:style w:type="numbering" w:styleId="列表"><w:name w:val="列表"/>'
    '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
)

NUMBERS = (
    Construct(
        "汉字数字编号",
        _list("chineseCounting", "（%1）", "领导班子建设", "会员队伍建设"),
        "（一）领导班子建设\n（二）会员队伍建设",
    ),
    Construct(
        "第几条编号",
        _list("chineseCountingThousand", "第%1条", "本会名称为舞阳县工商业联合会。", "本会会址设在舞泉镇。"),
        "第一条本会名称为舞阳县工商业联合会。\n第二条本会会址设在舞泉镇。",
    ),
    Construct(
        "大写数字编号",
        _list("chineseLegalSimplified", "%1、", "总则", "会员"),
        "壹、总则\n贰、会员",
    ),
    Construct("天干编号", _list("ideographTraditional", "%1．", "甲方", "乙方"), "甲．甲方\n乙．乙方"),
    Construct("地支编号", _list("ideographZodiac", "%1．", "时辰"), "子．时辰"),
    Construct("带圈编号", _list("decimalEnclosedCircle", "%1", "走访", "座谈"), "①走访\n②座谈"),
    Construct(
        "中文带圈编号",
        _list("decimalEnclosedCircleChinese", "%1", "走访", "座谈"),
        "①走访\n②座谈",
    ),
    Construct("全角数字编号", _list("decimalFullWidth", "%1．", "走访"), "１．走访"),
    Construct("补零编号", _list("decimalZero", "%1.", "走访"), "01.走访"),
    Construct("罗马数字编号", _list("upperRoman", "%1.", "走访", "座谈"), "I.走访\nII.座谈"),
    Construct("小写字母编号", _list("lowerLetter", "%1)", "走访", "座谈"), "a)走访\nb)座谈"),
    Construct(
        "编号与数字之间留空",
        _list("decimal", "%1", "2015年工作"),
        "1 2015年工作",
    ),
    Construct(
        "项目符号",
        _list(
            "bullet",
            "\uf06c",
            "走访",
            after='<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:hint="default"/></w:rPr>',
        ),
        "●走访",
        Office.NOT,
    ),
    Construct("只有文字的编号", _list("none", "附则", "解释权归办公室。"), "附则解释权归办公室。"),
    Construct(
        "多级编号逐级重起",
        docx(
            numbered("总体要求")
            + numbered("指导思想", 1)
            + numbered("工作目标", 1)
            + numbered("发展会员", 2)
            + numbered("重点工作")
            + numbered("班子建设", 1)
            + numbered("走访", 2),
            numbering=_OUTLINE + number(),
        ),
        "一、总体要求\n（一）指导思想\n（二）工作目标\n1.发展会员\n二、重点工作\n（一）班子建设\n1.走访",
    ),
    Construct(
        "不随上级重起",
        docx(
            numbered("甲") + numbered("子", 1) + numbered("乙") + numbered("丑", 1),
            numbering=abstract(
                level(0, "decimal", "%1、"), level(1, "decimal", "（%2）", '<w:lvlRestart w:val="0"/>')
            )
            + number(),
        ),
        "1、甲\n（1）子\n2、乙\n（2）丑",
        Office.NOT,
    ),
    Construct(
        "引用上级并改用阿拉伯数字",
        docx(
            numbered("总则") + numbered("目标", 1),
            numbering=abstract(
                level(0, "chineseCounting", "第%1章"), level(1, "decimal", "%1.%2", "<w:isLgl/>")
            )
            + number(),
        ),
        "第一章总则\n1.1目标",
        Office.NOT,
    ),
    Construct(
        "另起编号",
        docx(
            numbered("甲") + numbered("乙") + numbered("丙", number=2) + numbered("丁"),
            numbering=abstract(level(0, "decimal", "%1、"))
            + number()
            + number(2, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        ),
        "1、甲\n2、乙\n1、丙\n2、丁",
    ),
    Construct(
        "同一定义的两个列表接着编",
        docx(
            numbered("甲") + paragraph("中间一段") + numbered("乙", number=2),
            numbering=abstract(level(0, "decimal", "%1、")) + number() + number(2, 1),
        ),
        "1、甲\n中间一段\n2、乙",
    ),
    Construct(
        "列表改写本级格式",
        docx(
            numbered("甲", number=2),
            numbering=abstract(level(0, "decimal", "%1、"))
            + number(
                2, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "chineseCounting", "（%1）")}</w:lvlOverride>'
            ),
        ),
        "（一）甲",
    ),
    Construct(
        "编号随标题样式",
        docx(
            styled("总体要求", "1") + styled("指导思想", "2") + styled("附件", "3") + styled("重点工作", "1"),
            numbering=_LINKED + number(),
            styles=_PARA_STYLES,
        ),
        "一、总体要求\n（一）指导思想\n附件\n二、重点工作",
    ),
    Construct(
        "段落自己取消编号",
        docx(
            styled("总体要求", "1")
            + paragraph(
                "无编号",
                properties='<w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>',
            )
            + styled("重点工作", "1"),
            numbering=_LINKED + number(),
            styles=_PARA_STYLES,
        ),
        "一、总体要求\n无编号\n二、重点工作",
    ),
    Construct(
        "编号样式",
        docx(
            numbered("甲"),
            numbering='<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="列表"/></w:abstractNum>'
            '<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="列表"/>'
            f"{level(0, 'chineseCounting', '（%1）')}</w:abstractNum>" + number() + number(2, 2),
            styles=_NUMBERING_STYLE,
        ),
        "（一）甲",
    ),
    Construct(
        "单元格里的编号",
        docx(
            table(
                row(cell(paragraph(properties=in_list())), "走访"),
                row(cell(paragraph(properties=in_list())), "座谈"),
                columns=2,
            )
            + paragraph(),
            numbering=abstract(level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')) + number(),
        ),
        "1\t走访\n2\t座谈",
    ),
)
