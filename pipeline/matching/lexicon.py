"""Words of official Chinese that carry tense, negation and voice, whatever the campaign.

Campaign words (units, cues, the issuer's names) belong to the rubric, not here.
"""

from __future__ import annotations

__all__ = [
    "DEMAND",
    "DONE",
    "HOLLOW_TERMS",
    "LACKING",
    "NOT_LACKING",
    "OTHER_BODIES",
    "PLANNED",
    "SURNAMES",
]


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.split()))


#: Common surnames; a person is a surname with one or two characters beside a post.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤耿焦樊翟靳乔穆岳庞卫申尚牛鲁栗柴娄时单晁冀褚申谷霍"
)

#: Set phrases without an act (catalogue: hollow_terms, with further ones of the same kind).
HOLLOW_TERMS = _words("""
    高度重视 切实加强 进一步加强 扎实推进 大力推进 不断完善 积极探索 全面提升 狠抓落实
    统筹兼顾 再上新台阶 再上台阶 取得新成效 适时 有条件的 逐步 力争 相关部门 有关人员
    进一步完善 进一步健全 进一步提高 进一步强化 建立健全 不断加强 不断提高 不断壮大 不断增强
    不断规范 切实提高 切实增强 着力提升 着力加强 大力加强 充分发挥 充分认识 认真落实
    认真抓好 认真贯彻 深入开展 深入贯彻 扎实开展 积极开展 积极推进 积极引导 努力营造
    努力做到 努力提高 有力促进 新思路、新举措 新举措 明显提高 明显增强 显著提高 有声有色
    卓有成效 成效明显 常抓不懈 齐抓共管 上下联动 形成合力 营造氛围 浓厚氛围 强化措施
    抓紧抓好 抓实抓好 落到实处
""")

#: Something is not there or not done; ``NOT_LACKING`` is looked at before.
LACKING = _words("""
    尚未 还没有 还没 一直没 始终没 从未 未能 没能 没有 没 未曾 未 尚无 并无 无 尚缺
    缺少 缺乏 欠缺 缺位 缺口 缺失 缺 不健全 不完善 不到位 不够 不足 不规范 不高 不强
    不多 不全 不平衡 不及时 不经常 不正常 不理想 不明显 空白 空缺 白纸 薄弱 有待 滞后
    流于形式 停留在 名存实亡 还差 欠账 短板 短腿 搁置 断档 中断 停摆 落空 挂空挡 差距
    弱项 老大难 软肋 偏低 偏少 偏弱 偏小 瘫痪 空转 闲置 难以 做不到 达不到 不达标
    不符合 不理顺 没理顺 拖着 拖了下来 挂在嘴上 写在纸上 有名无实 形同虚设 拿不出 不再提
    不打算 暂不 没打算 不搞 不单独 散了摊 散了 没有着落 没落实 没批 没兑现 没动静 老样子
    没人 没开 没建 没有建 未建 未开 未设 未批 不见 谈不上 说不上 几乎为零 为零 是零
    空着 悬着 欠着 凭印象 不了了之 没着落 借用 合署
""")

#: Looks like a lack but is none.
NOT_LACKING = _words("""
    没有一次不 没有一个不 没有一家不 没有一人不 没有一天不
    无论 无私 无偿 无一 无缝 无不 无党派 无形 无记名 无违 无拖欠 无投诉 无纸化 毫无保留
    未来 未雨绸缪 不断 不少于 不低于 不仅 不但 不得 不超过 不留 不忘 不等不靠 没收
    缺什么补什么 查漏补缺 补缺 缺席的 无故 没有不 未经 不足之处加以 补短板 补齐短板 有无
    是否 无线 无障碍 无公害 无锡 未成年 无关 无限 无疑 无数 无须 无需 没收 缺乏问题
    不足问题 薄弱问题 短缺问题
""")

#: Not yet done, but meant.
PLANNED = _words("""
    将 拟 计划 力争 确保 准备 打算 争取 下一步 今后 下步 预计 着手 筹备 筹建 底前
    月前 日前完成 年内 到年底 届时 适时 逐步 必须 应当 务必 须 一律 目标 要求各 还要
    要在 要把 要对 要抓 要用 待定 有待落实
""")

#: Done, or a fact.
DONE = _words("""
    已经 已 召开过 完成 建立起 截至 截止 今年以来 目前 现有 共有 先后 累计 去年 上半年
    达到 成立于 获 被评为 自查中 期间 召开了 开展了 建立了 制定了 成立了 举办了 组织了
    走访了 完成了 发展了 收到了 解决了 经研究 共计 共开 共走访 曾经 开过 办过
""")

#: A demand of somebody above.
DEMAND = _words("""
    要求 指出 强调 提出 明确 部署 规定 下发 印发 通知 讲话 精神 文件 号召 安排
""")

#: Bodies whose deeds are not the federation's.
OTHER_BODIES = _words("""
    总工会 妇联 团委 共青团 残联 科协 文联 侨联 红十字会 县政府 区政府 市政府 县委 区委
    市委 人民政府 管委会 民政局 商务局 工信局 工信委 发改委 财政局 人社局 司法局 税务局
    国税局 地税局 工商局 质监局 教育局 农业局 畜牧局 银行 农商行 信用社 邮储 法院 检察院
    公安局 政协 人大 统战部 组织部 宣传部 纪委 商会 协会 招商局 办事处 镇政府 街道办
    村委会
""")
