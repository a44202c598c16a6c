"""Everything the product says to people about files and verdicts, in one place, in Chinese.

An outcome or a notice is a stable code with a detail; here it becomes what happened and what to do next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.document import Notice, Outcome
from pipeline.model import Assertion, Kind, Level, SlotName, State

__all__ = [
    "NOTICES",
    "Message",
    "assertion_name",
    "kind_name",
    "level_name",
    "next_step",
    "notice_text",
    "outcome_name",
    "slot_name",
    "state_name",
]


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, and what to do next (empty when nothing needs doing).

    ``{}`` in ``what`` stands for the detail of a notice.
    """

    what: str
    advice: str = ""


_STATES = {
    State.COVERED: "具备",
    State.HOLLOW: "空泛",
    State.LACKING: "自述缺失",
    State.ABSENT: "未见",
    State.UNCLEAR: "待核",
    State.NOT_APPLICABLE: "不适用",
}
_LEVELS = {
    Level.NOTHING: "未见",
    Level.SLOGAN: "口号",
    Level.ACT: "有举措",
    Level.SPECIFIC: "具体可查",
    Level.BACKED: "有佐证",
}
_ASSERTIONS = {
    Assertion.DONE: "已做",
    Assertion.PLANNED: "拟做",
    Assertion.LACKING: "未做",
    Assertion.INSTRUCTED: "上级要求或引文",
    Assertion.OTHER_BODY: "别家做的",
}
_KINDS = {
    Kind.WORK_PLAN: "工作方案",
    Kind.SELF_CHECK: "自查报告",
    Kind.CHAMBER_PLAN: "基层计划",
    Kind.APPLICATION: "申请",
    Kind.EVIDENCE: "佐证材料",
    Kind.TRANSMITTAL: "转送函件",
    Kind.OTHER: "其他",
}
_SLOTS = {
    SlotName.WHO: "谁",
    SlotName.WHEN: "何时",
    SlotName.HOW_MUCH: "多少",
    SlotName.HOW: "怎么做",
}

_OUTCOMES = {
    Outcome.OK: Message("正常"),
    Outcome.PARTIAL: Message("部分可读", "请打开原件，核对下列没有读出的地方；未读出处不记“未见”。"),
    Outcome.UNREADABLE: Message("读不出", "请试着打开原件；打不开就请报送单位重新发送，最好发 docx 或 pdf。"),
    Outcome.ENCRYPTED: Message("加密", "请报送单位重新发送未加密的文件。"),
    Outcome.UNSUPPORTED: Message("格式不支持", "请用 WPS 或 Word 打开，另存为 docx 或 pdf，放回原处再运行。"),
    Outcome.EMPTY: Message("空文件", "请报送单位核对后重新发送。"),
    Outcome.TOO_BIG: Message("太大", "请拆成几个文件，或把图片压缩后另存，放回原处再运行。"),
    Outcome.TIMEOUT: Message("超时", "请另存为 docx 或 pdf 后再运行；仍然超时请人工查看。"),
    Outcome.CRASHED: Message("出错", "请人工查看这份文件，并把文件和提示发给开发者。"),
    Outcome.MISSING_TOOL: Message("缺工具", "请运行 wuhao doctor，按提示安装后再运行一次。"),
    Outcome.IGNORED: Message("已忽略"),
}

_LOOK = "请打开原件核对此处。"
_RESEND = "请报送单位重新发送。"
_SAVE_AS = "请用 WPS 或 Word 打开，另存为 docx 后放回原处再运行。"
_SPLIT = "请拆成几个文件后放回原处再运行。"

NOTICES = {
    # The file as a whole
    "crashed": Message("读取程序出错：{}", "请人工查看，并把文件和这一行提示发给开发者。"),
    "damaged_content": Message("后缀是 {}，内容却不是：文件已损坏或改过后缀", _RESEND),
    "damaged_file": Message("文件已损坏：{}", _RESEND),
    "encrypted": Message("文件有密码", "请报送单位重新发送未加密的文件。"),
    "file_too_big": Message("文件超过可读的大小", _SPLIT),
    "garbled_text": Message("文字编码认不出，读出的多是乱码", "请用记事本打开，另存为 UTF-8 编码后再运行。"),
    "missing_module": Message("缺少程序库：{}", "请运行 wuhao doctor，按提示安装后再运行一次。"),
    "needs_ocr": Message("全文是扫描图像，本机没有装文字识别", "请报送单位发电子原文，或人工查看。"),
    "not_a_package": Message("内部结构已损坏，打不开", _RESEND),
    "not_readable": Message("文件打不开：{}", "请检查后再运行一次。"),
    "not_storable": Message("结果存不进数据库：{}", "请人工查看，并把文件和这一行提示发给开发者。"),
    "process_died": Message("读取这份文件时程序中断（代码 {}），重试一次仍是如此", "请人工查看这份文件。"),
    "too_many_bytes": Message("文件有 {} 字节，超过上限", _SPLIT),
    "too_many_characters": Message("文字超过上限，其后没有读", _SPLIT),
    "too_much_memory": Message("读取时占用内存超过上限", _SPLIT),
    "too_slow": Message("{} 秒内没有读完，重试一次仍是如此", "请另存为 docx 或 pdf 后再运行，或人工查看。"),
    "unsupported_format": Message("文件实为 {} 格式，暂不支持", _SAVE_AS),
    "xml_too_big": Message("内部的 {} 部分过大", _SPLIT),
    "damaged_piece": Message("文件在第 {} 个字处断开，其后可能有缺", _RESEND),
    "encrypted_part": Message("文件有一部分加了密，没有读", "请报送单位重新发送未加密的文件。"),
    "missing_part": Message("文件缺少内部的 {} 部分", _RESEND),
    "needs_office": Message(
        "读 {} 格式需要 LibreOffice，本机没有装", "请运行 wuhao doctor，按提示安装，或另存为 docx 后再运行。"
    ),
    "office_failed": Message("LibreOffice 转换 {} 格式没有成功", _SAVE_AS),
    "office_timeout": Message("LibreOffice 转换 {} 格式超时", _SAVE_AS),
    # Word
    "alternative_chunk": Message("插入的外来内容 {} 没有读", _LOOK),
    "chart": Message("一张图表没有读出文字", _LOOK),
    "control": Message("一个窗体控件没有读", _LOOK),
    "covered_cell": Message("合并单元格盖住的文字“{}”在 Word 里看不见，没有计入"),
    "damaged_part": Message("文件的 {} 部分已损坏，只读出一部分", _RESEND),
    "damaged_xml": Message("文件的 {} 部分结构有误，已尽量读出", _LOOK),
    "picture": Message("有 {} 张图片，图中文字没有读", "请打开原件看图中有无要紧的文字。"),
    "diagram": Message("一张示意图没有读出文字", _LOOK),
    "document_type": Message("文件的 {} 部分带有外部定义，没有采用", _LOOK),
    "embedded_file": Message("文中嵌有文件：{}"),
    "embedded_object": Message("嵌入对象 {} 没有读", _LOOK),
    "field_without_result": Message("域“{}”没有结果，所在处文字缺失", _LOOK),
    "hidden_text": Message("有隐藏文字，Word 里看不见，没有计入"),
    "ink": Message("手写墨迹没有读", _LOOK),
    "missing_note": Message("脚注或尾注 {} 缺失", _LOOK),
    "no_body": Message("文件里没有正文", _RESEND),
    "layout_not_read": Message("这是早期的 {} 格式，只读出文字，没有读出版式", _SAVE_AS),
    "no_pieces": Message("文件里没有文字", _RESEND),
    "not_a_word_file": Message("后缀是 Word 文件，内容却不是", _RESEND),
    "numbering_not_read": Message("自动编号没有读出，标题前的序号可能缺失", _LOOK),
    "no_main_part": Message("文件里找不到正文", _RESEND),
    "private_character": Message("有自造字 {}，读不出是什么字", _LOOK),
    "subdocument": Message("引用的子文档没有随文件报来", "请报送单位把子文档一并发来。"),
    "too_deep": Message("嵌套过深，{} 以内没有读", _LOOK),
    "unknown_construct": Message("遇到不认识的内容 {}，可能有文字没有读出", _LOOK),
    "unknown_number_format": Message("自动编号的格式 {} 不认识，编号可能与原件不同"),
    "unknown_symbol": Message("符号字体中的字符 {} 认不出", _LOOK),
    # Archives and mails
    "archive_damaged": Message("压缩包已损坏或不完整，可能还有文件没有取出", _RESEND),
    "archive_too_big": Message("压缩包解开后过大，其后的文件没有取出", _SPLIT),
    "mail_cut_off": Message("邮件没有正常结尾，可能不完整", _RESEND),
    "mail_damaged": Message("邮件已损坏，没有全部读出", _RESEND),
    "mail_too_deep": Message("邮件层层转发过多，里层没有读", _LOOK),
    "member_cut_off": Message("里面的 {} 已损坏，只取出一部分", _RESEND),
    "member_damaged": Message("里面的 {} 已损坏，取不出", _RESEND),
    "member_encrypted": Message("里面的 {} 有密码", "请报送单位重新发送未加密的文件。"),
    "member_in_other_volume": Message("里面的 {} 在另一个分卷里", "请把各分卷放在一起解压后再运行。"),
    "member_is_link": Message("里面的 {} 只是链接，文件本身没有随附", "请报送单位把文件本身发来。"),
    "member_needs_tool": Message(
        "里面的 {} 要用完整版 7-Zip 才能取出", "请运行 wuhao doctor，按提示安装，或手工解压后再运行。"
    ),
    "member_overlaps": Message("里面的 {} 与别的文件占用同一段数据，疑为恶意压缩包，没有取出", _LOOK),
    "member_packed_unknown": Message("里面的 {} 用了少见的压缩方法，没有取出", "请手工解压后再运行。"),
    "member_too_big": Message("里面的 {} 过大或总量超限，没有取出", "请手工解压，拆分后再运行。"),
    "member_too_slow": Message("里面的 {} 没来得及取出", "请手工解压后再运行。"),
    "missing_volume": Message("这是分卷压缩包中的一卷", "请把各分卷放在一起解压后再运行。"),
    "needs_unarchiver": Message(
        "解开 {} 压缩包需要 7-Zip，本机没有装", "请运行 wuhao doctor，按提示安装，或手工解压后再运行。"
    ),
    "nested_too_deep": Message("里面的 {} 套了太多层，没有再打开", "请手工解压后再运行。"),
    "no_room_aside": Message("取出的文件没有地方放：{}", "请清出磁盘空间后再运行一次。"),
    "recursive": Message("里面的 {} 就是外层文件本身，没有再打开"),
    "too_many_members": Message("里面的文件太多，有 {} 个没有取出", "请手工解压，分批运行。"),
    "unsafe_name": Message("里面的 {} 名称指向别处，已改名登记"),
    # PDF and OFD
    "attachment": Message("附有文件：{}"),
    "attachment_limit": Message("附带的文件 {} 过大或过多，没有取出", _LOOK),
    "attachment_unreadable": Message("附带的文件 {} 取不出", _LOOK),
    "character_limit": Message("字数超过上限，读了 {} 页", _SPLIT),
    "damaged_page": Message("第{}页已损坏，没有读出", _RESEND),
    "form_fields": Message("表单（{}）中填写的内容没有全部读出", _LOOK),
    "garbled_page": Message("第{}页的字体缺少编码，读出的多是乱码", "请报送单位发 docx 原文。"),
    "outlined_text": Message("第{}页的文字已转成图形，没有读出", "请报送单位发 docx 原文。"),
    "page_limit": Message("页数超过上限，读了 {} 页", _SPLIT),
    "repeated_table_header": Message("第{}页续表重复的表头已略去"),
    "row_over_page_break": Message("第{}页表格首行接上页同一行，已合并"),
    "scanned_page": Message("第{}页是扫描图像，没有读出文字", "请报送单位发电子原文，或人工查看。"),
    "text_outside_page": Message("第{}页页面之外有文字，没有计入"),
    "too_many_drawings": Message("第{}页线条太多，没有辨认表格"),
    "too_many_objects": Message("第{}页的图文对象太多，只读了一部分", _LOOK),
    "xfa_form": Message("这是动态表单，内容没有读出", "请在 Adobe Reader 中打印成 pdf 后再运行。"),
    # Scans and pictures
    "badly_recognised": Message("第{}页图像不清，文字认得不全", "请报送单位发电子原文，或人工查看。"),
    "doubtful_words": Message("文字识别没有把握：{}", _LOOK),
    "nothing_recognised": Message("第{}页是图像，没有认出文字", "请打开原件看图中有无要紧的文字。"),
    "stamp": Message("第{}页盖有红章"),
    "too_many_pixels": Message("图片的像素太多，没有打开", "请缩小后放回原处再运行。"),
    # Spreadsheets and web pages
    "formula_without_value": Message("公式没有存下结果：{}", "请用 WPS 打开保存一次，放回原处再运行。"),
    "frame": Message("嵌在网页里的 {} 没有随文件报来", "请另存为“单个文件网页”或 docx 后再运行。"),
    "hidden_cells": Message("工作表 {} 有隐藏的行、列或单元格，已一并读出"),
    "hidden_sheet": Message("工作表 {} 是隐藏的，已一并读出"),
    "too_many_cells": Message("工作表 {} 的单元格散布过广，没有读", _LOOK),
}


# A detail with what sets it apart, which goes too when there is none.
_DETAIL = re.compile(r" \{\} |：\{\}|第\{\}页")


def state_name(state: State) -> str:
    """Return what a state is called."""
    return _STATES[state]


def level_name(level: Level) -> str:
    """Return what a level is called."""
    return _LEVELS[level]


def assertion_name(assertion: Assertion) -> str:
    """Return what an assertion is called."""
    return _ASSERTIONS[assertion]


def kind_name(kind: Kind) -> str:
    """Return what a kind of paper is called."""
    return _KINDS[kind]


def slot_name(slot: SlotName) -> str:
    """Return what a slot is called."""
    return _SLOTS[slot]


def outcome_name(outcome: Outcome) -> str:
    """Return how reading a file ended, in a word."""
    return _OUTCOMES[outcome].what


def next_step(outcome: Outcome) -> str:
    """Return what the officer should do about a file; empty when nothing needs doing.

    >>> next_step(Outcome.ENCRYPTED)
    '请报送单位重新发送未加密的文件。'
    """
    return _OUTCOMES[outcome].advice


def notice_text(notice: Notice) -> str:
    """Say what a notice means and what to do; an unknown code is shown as it is rather than hidden.

    >>> notice_text(Notice("scanned_page", "3", is_loss=True))
    '第3页是扫描图像，没有读出文字。请报送单位发电子原文，或人工查看。'
    """
    place = f"{notice.locator}：" if notice.locator else ""
    message = NOTICES.get(notice.code)
    if message is None:
        loss = "可能有文字没有读出。" + _LOOK if notice.is_loss else ""
        return f"{place}{notice.code}{notice.detail and f'（{notice.detail}）'}。{loss}"
    what = message.what if notice.detail else _DETAIL.sub("", message.what)
    return f"{place}{what.replace('{}', notice.detail)}。{message.advice}"
