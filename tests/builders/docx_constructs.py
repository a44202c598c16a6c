"""One small paper per Word construct, with what a reader of Word sees; most are also shown to LibreOffice."""

from __future__ import annotations

from tests.builders.docx_builder import (
    Part,
    cell,
    docx,
    field,
    new_text_box,
    old_text_box,
    paragraph,
    row,
    run,
    span,
    table,
)
from tests.builders.docx_numbers import NUMBERS, Construct, Office

__all__ = ["CONSTRUCTS", "Construct", "Office"]


def _tick_box(checked: str, sign: str) -> str:
    state = f'<w:sdtPr><w14:checkbox><w14:checked w14:val="{checked}"/></w14:checkbox></w:sdtPr>'
    return f"<w:sdt>{state}<w:sdtContent>{run(sign)}</w:sdtContent></w:sdt>"


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
