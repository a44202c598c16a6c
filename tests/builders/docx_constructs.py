"""One small paper per Word construct, with what a reader of Word sees; most are also shown to LibreOffice."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from tests.builders.docx_builder import (
    Part,
    abstract,
    cell,
    docx,
    field,
    in_list,
    level,
    new_text_box,
    number,
    numbered,
    old_text_box,
    paragraph,
    row,
    run,
    span,
    styled,
    table,
)


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


def _tick_box(checked: str, sign: str) -> str:
    state = f'<w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox></w:sdtPr>'
    return f"<w:sdt>{state}<w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>"


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

WORDS = (
    Construct(
        "软回车和制表符",
        docx(paragraph(run("主题：", "<w:br/>", "副题", "<w:tab/>", "右"))),
        "主题：\n副题\t右",
    ),
    Construct("不换行连字符", docx(paragraph(run("0395", "<w:noBreakHyphen/>", "3123456"))), "0395-3123456"),
    Construct("可选连字符", docx(paragraph(run("工商", "<w:softHyphen/>", "联"))), "工商联"),
    Construct(
        "超链接和智能标记",
        docx(
            paragraph(
                '<w:hyperlink w:anchor="x">' + run("网址") + "</w:hyperlink>",
                '<w:smartTag w:uri="urn:x" w:element="date">' + run("5月20日") + "</w:smartTag>",
                '<w:customXml w:uri="urn:x" w:element="unit">' + run("工商联") + "</w:customXml>",
            )
        ),
        "网址5月20日工商联",
    ),
    Construct("域只显示结果", docx(paragraph("共", field(" NUMPAGES ", "3"), "页")), "共3页", Office.NOT),
    Construct(
        "简单域",
        docx(paragraph("第", '<w:fldSimple w:instr=" REF x ">' + run("二") + "</w:fldSimple>", "部分")),
        "第二部分",
    ),
    Construct("带圈字符", docx(paragraph(field(" eq \\o\\ac(○,1)", None), "走访")), "①走访", Office.NOT),
    Construct(
        "提示输入",
        docx(paragraph("姓名：", field(" MACROBUTTON NoMacro [点此填写] ", None))),
        "姓名：[点此填写]",
    ),
    Construct(
        "窗体复选框",
        docx(
            paragraph(
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox>'
                "</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
                '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
                "达标",
            )
        ),
        "☒达标",
        Office.NOT,
    ),
    Construct(
        "复选框控件",
        docx(paragraph(_tick_box("1", "☒"), "是　", _tick_box("0", "☐"), "否")),
        "☒是　☐否",
    ),
    Construct(
        "符号字体",
        docx(
            paragraph(
                run('<w:sym w:font="Wingdings" w:char="F0FE"/>'),
                "已建　",
                run('<w:sym w:font="Wingdings" w:char="F0FC"/>'),
                "合格",
            )
        ),
        "☑已建　✔合格",
        Office.NOT,
    ),
    Construct(
        "拼音指南",
        docx(
            paragraph(
                "<w:r><w:ruby><w:rubyPr/><w:rt>"
                + run("luò")
                + "</w:rt><w:rubyBase>"
                + run("漯")
                + "</w:rubyBase></w:ruby></w:r>",
                "河",
            )
        ),
        "漯河",
    ),
    Construct(
        "隐藏文字不显示",
        docx(paragraph("公开", run("内部意见", properties="<w:vanish/>"), "部分")),
        "公开部分",
        Office.PAGE,
    ),
    Construct(
        "公式成一行",
        docx(
            paragraph(
                "占",
                "<m:oMath><m:f><m:num><m:r><m:t>2</m:t></m:r></m:num><m:den><m:r><m:t>3</m:t></m:r></m:den></m:f>"
                "</m:oMath>",
            )
        ),
        "占2/3",
        Office.NOT,
    ),
    Construct(
        "内容控件四种位置",
        docx(
            "<w:sdt><w:sdtContent>"
            + paragraph("整段")
            + "</w:sdtContent></w:sdt>"
            + paragraph("行内", "<w:sdt><w:sdtContent>" + run("控件") + "</w:sdtContent></w:sdt>")
            + table(
                "<w:sdt><w:sdtContent>" + row("整行", "乙") + "</w:sdtContent></w:sdt>",
                row("<w:sdt><w:sdtContent>" + cell("整格") + "</w:sdtContent></w:sdt>", "丁"),
                columns=2,
            )
            + paragraph()
        ),
        "整段\n行内控件\n整行\t乙\n整格\t丁",
    ),
    Construct(
        "首字下沉",
        docx(
            paragraph(
                "漯",
                properties='<w:framePr w:dropCap="drop" w:lines="2" w:wrap="around" w:vAnchor="text" '
                'w:hAnchor="text"/>',
            )
            + paragraph("河市工商联")
        ),
        "漯河市工商联",
    ),
)

CHANGES = (
    Construct(
        "插入和删除",
        docx(
            paragraph(
                "成立",
                '<w:ins w:id="1" w:author="甲">' + run("领导小组") + "</w:ins>",
                '<w:del w:id="2" w:author="甲"><w:r><w:delText>筹备组</w:delText></w:r></w:del>',
                "。",
            )
        ),
        "成立领导小组。",
        Office.NOT,
    ),
    Construct(
        "删去段落标记后两段相连",
        docx(
            paragraph("前半", properties='<w:rPr><w:del w:id="1" w:author="甲"/></w:rPr>') + paragraph("后半")
        ),
        "前半后半",
    ),
    Construct(
        "移动",
        docx(
            paragraph('<w:moveFrom w:id="1" w:author="甲">' + run("一段话") + "</w:moveFrom>", "甲")
            + paragraph("乙", '<w:moveTo w:id="2" w:author="甲">' + run("一段话") + "</w:moveTo>")
        ),
        "甲\n乙一段话",
        Office.NOT,
    ),
    Construct(
        "删去的表行",
        docx(
            table(
                row("留", "甲"),
                row("删", "乙", properties='<w:del w:id="1" w:author="甲"/>'),
                columns=2,
            )
            + paragraph()
        ),
        "留\t甲",
        Office.NOT,
    ),
)

TABLES = (
    Construct(
        "横向和纵向合并",
        docx(
            table(
                row(cell("五好标准", properties=span(2)), "责任人"),
                row(cell("班子", properties='<w:vMerge w:val="restart"/>'), "主席会", "张三"),
                row(cell(properties="<w:vMerge/>"), "轮值", "李四"),
            )
            + paragraph()
        ),
        "五好标准\t责任人\n班子\t主席会\t张三\n轮值\t李四",
    ),
    Construct(
        "嵌套表格",
        docx(
            table(
                row("外一", cell(paragraph("外二"), table(row("内一", "内二"), columns=2), paragraph())),
                columns=2,
            )
            + paragraph()
        ),
        "外一\t外二\n内一\t内二",
    ),
)

BOXES = (
    Construct(
        "新式文本框",
        docx(
            paragraph(
                "正文。",
                '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
                + new_text_box(paragraph("框里的话"))
                + "</mc:Choice><mc:Fallback>"
                + old_text_box(paragraph("框里的话"))
                + "</mc:Fallback></mc:AlternateContent></w:r>",
            )
        ),
        "正文。\n框里的话",
        Office.PAGE,
    ),
    Construct(
        "旧式文本框",
        docx(paragraph("正文。", f"<w:r>{old_text_box(paragraph('框里的话'))}</w:r>")),
        "正文。\n框里的话",
        Office.PAGE,
    ),
    Construct(
        "脚注和尾注",
        docx(
            paragraph(
                "全年发展会员",
                run('<w:footnoteReference w:id="2"/>'),
                "60家",
                run('<w:endnoteReference w:id="2"/>'),
            ),
            parts={
                "id_footnotes": Part(
                    "footnotes", '<w:footnote w:id="2">' + paragraph("含团体会员。") + "</w:footnote>"
                ),
                "id_endnotes": Part(
                    "endnotes", '<w:endnote w:id="2">' + paragraph("截至九月底。") + "</w:endnote>"
                ),
            },
        ),
        "全年发展会员60家\n含团体会员。\n截至九月底。",
        Office.NOT,
    ),
)

CONSTRUCTS = NUMBERS + WORDS + CHANGES + TABLES + BOXES

__all__ = ["BOXES", "CHANGES", "CONSTRUCTS", "NUMBERS", "TABLES", "WORDS", "Construct", "Office"]
