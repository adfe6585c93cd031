"""The invented city of Yunze: its offices, its officials, what its shops are called and what is found in them.

Nobody and nothing here exists.  Text of this file is data: a pack that changes may want other fields, and then
tools/city/stories.py fills them from FIELDS.
"""

TITLE_ZH, TITLE_EN = "云泽市人民政府（演示）", "City of Yunze (demonstration)"
PASSWORD = "yunze demonstration"
FIRST_DAY, LAST_DAY = "2024-04-08", "2025-01-27"
PENALTY, REVIEW, TARGETS = "prc/penalty", "prc/reconsideration", "prc/targets"
PACKS = (PENALTY, REVIEW, TARGETS)
NOODLES = "老王面馆"
POLICE = "6001"

# id, Chinese, English
OFFICES = (
    ("market", "云泽市市场监督管理局", "Yunze Market Supervision"),
    ("urban", "云泽市城市管理局", "Yunze Urban Management"),
    ("ecology", "云泽市生态环境局", "Yunze Ecology and Environment"),
    ("justice", "云泽市司法局", "Yunze Justice Bureau"),
    ("finance", "云泽市财政局", "Yunze Finance Bureau"),
    ("government", "云泽市人民政府办公室", "Office of the City Government"),
    ("police", "云泽市公安局", "Yunze Police"),
    ("archive", "云泽市档案馆", "Yunze Archive"),
)
PENALTY_OFFICES = ("market", "urban", "ecology")

NAMES = (
    "陈立新 林国栋 高明远 许静仪 沈正言 李文博 孙立群 赵海宁 周晓岚 吴志成 郑雨桐 王景行 冯思齐 "
    "罗永健 梁书瑶 宋承志 唐慧敏 韩子墨 曹俊峰 彭若溪 曾凡星 萧远航 田静波 董书豪 袁梦洁 潘建业 蒋怡然 蔡文渊 余思源 杜若飞 叶知秋 程浩然 苏婉清 魏长风 吕明哲 "
    "丁一凡 任晓东 姚振华 卢海燕 姜文涛 崔雅琴 钟伟光 谭雪梅 陆星河 汪洋洋 范思远 金玉成 石磊磊 廖志远 贾春晓 夏雨荷 韦国庆 付丽娟 方圆圆 白云飞 邹明亮 "
    "熊俊杰 孟凡华 秦雨薇 江海平 阎立涛 侯建国 龙天宇 段飞鸿 雷鸣远 黎晓曦 史心怡 陶明远 贺兰英 毛志坚 郝云霄 龚自立 邵逸民 万红霞 钱学敏 严冬梅 武长顺 戴安宁 莫小蓓 孔祥瑞 向明阳 汤文博"
).split()


def officials():
    """number -> (name, office, credentials, posts): nobody is in two places that must be apart."""
    names, out = iter(NAMES), {}

    def add(number, office, credentials, *posts):
        out[number] = (next(names), office, list(credentials), list(posts))

    for place, (office, officers) in enumerate(zip(PENALTY_OFFICES, (20, 14, 14)), 1):
        add(f"1{place}01", office, (), (office, PENALTY, "head"), (office, TARGETS, "head"), ("justice", REVIEW, "respondent"))
        add(f"1{place}02", office, (), (office, PENALTY, "principal"), (office, PENALTY, "head"))
        add(f"1{place}03", office, ("legal-review", "legal-profession"), (office, PENALTY, "reviewer"))
        add(f"1{place}04", office, ("legal-review", "legal-profession"), (office, PENALTY, "reviewer"))
        add(f"1{place}05", office, ())  # chairs hearings, and has no other part
        for number in range(officers):
            add(f"1{place}{number + 11:02}", office, ("enforcement",), (office, PENALTY, "officer"), (office, TARGETS, "officer"))
    for number in range(6):
        add(f"20{number + 11}", "justice", ("reconsideration",), ("justice", REVIEW, "handler"))
    add("2001", "justice", (), ("justice", REVIEW, "authority"))
    add("2002", "justice", (), ("justice", REVIEW, "authority"))
    add("2003", "justice", (), ("justice", REVIEW, "office-head"))
    add("3001", "finance", (), *((office, TARGETS, "treasury") for office in PENALTY_OFFICES))
    add("5001", "government", (), *((office, TARGETS, "competent-organ") for office in PENALTY_OFFICES))
    add("6001", "police", (), *((office, PENALTY, "police") for office in PENALTY_OFFICES))
    add("4001", "archive", ())
    return out


# Whom a newcomer may be: number, Chinese, English.
ACCOUNTS = (
    ("1111", "市场监管局执法人员", "enforcement officer, market supervision"),
    ("1101", "市场监管局负责人", "head, market supervision"),
    ("1105", "市场监管局听证主持人", "chair of hearings, market supervision"),
    ("1301", "生态环境局负责人", "head, ecology and environment"),
    ("2011", "行政复议工作人员", "handles reconsiderations"),
    ("2001", "行政复议机关负责人", "decides reconsiderations"),
    ("4001", "档案馆工作人员，没有承办任何案件", "archive: has a part in no matter"),
)

FAMILY = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹喻苏潘葛范彭鲁韦马方任袁柳史唐薛雷贺倪汤罗毕郝安常乐于傅齐康余顾孟黄萧尹姚邵汪毛戴宋熊纪舒屈项祝董梁杜阮蓝季贾路江童颜郭梅林徐邱骆高夏蔡田胡霍万柯管卢莫房解丁邓洪左石崔龚程陆曾庄"
GIVEN = "雨晨 晓东 静怡 国强 春梅 海涛 思远 小燕 志刚 秀兰 建平 玉珍 宇航 丽华 永福 桂芳 文杰 佳宁 长顺 凤霞 立军 巧云 成林 红梅 天佑 月娥 家兴 翠英 书田 素琴".split()
QUARTERS = "东湖 北塘 西泽 南浦 云岭 青石 柳巷 河埠 望江 澄溪 松原 白鹭".split()
WORDS = "兴盛 万和 福满 荣华 恒泰 佳和 鼎新 祥云 润丰 聚源 百顺 天成 永昌 德馨 同乐 好邻居 四季 金穗 小满 知味".split()

# office -> (kind of business, what was found, basis, title of the exhibit, its kind, kind of penalty, amounts in yuan)
VIOLATIONS = {
    "market": (
        ("小吃店", "后厨发现鼠迹，未采取防鼠措施", "《食品安全法》第一百二十六条", "后厨照片", "documentary", "fine", (2000, 20000)),
        ("超市", "销售超过保质期的酸奶十二盒", "《食品安全法》第一百二十四条", "过期食品实物", "physical", "fine", (10000, 50000)),
        ("药房", "销售处方药时未查验处方", "《药品管理法》第一百二十六条", "销售记录", "documentary", "fine", (3000, 30000)),
        ("服装店", "标价签与结算价格不一致", "《价格法》第四十二条", "标价签照片", "documentary", "fine", (500, 5000)),
        ("水产行", "使用未经检定的电子秤", "《计量法》第二十五条", "电子秤", "physical", "confiscation", (500, 2000)),
        ("广告部", "广告使用“最佳”等用语", "《广告法》第五十七条", "广告样张", "documentary", "fine", (20000, 200000)),
        ("五金店", "电动车配件无认证标志", "《认证认可条例》第六十六条", "抽检报告", "expert", "fine", (5000, 50000)),
    ),
    "urban": (
        ("烧烤店", "占用人行道摆放桌椅", "《城市市容和环境卫生管理条例》第三十六条", "现场照片", "documentary", "fine", (300, 3000)),
        ("建材店", "运输渣土沿途遗撒", "《城市市容和环境卫生管理条例》第三十四条", "沿途录像", "audio-visual", "fine", (1000, 10000)),
        ("装饰公司", "擅自在临街楼面设置招牌", "《城市市容和环境卫生管理条例》第三十六条", "招牌照片", "documentary", "warning", (0, 0)),
        ("物业公司", "未按规定分类投放生活垃圾", "《固体废物污染环境防治法》第一百一十一条", "检查笔录", "scene-record", "fine", (5000, 50000)),
    ),
    "ecology": (
        ("家具厂", "喷漆废气未经收集直接排放", "《大气污染防治法》第一百零八条", "监测报告", "expert", "fine", (20000, 200000)),
        ("洗车行", "未取得排水许可排放污水", "《水污染防治法》第八十三条", "排口采样记录", "scene-record", "fine", (10000, 100000)),
        ("印刷厂", "危险废物未建立管理台账", "《固体废物污染环境防治法》第一百一十二条", "台账检查笔录", "scene-record", "fine", (100000, 300000)),
        ("工地", "夜间未经批准施工产生噪声", "《噪声污染防治法》第七十七条", "噪声监测记录", "electronic", "fine", (10000, 100000)),
    ),
}

# What officials and parties write where nothing else is said: by field, else by the kind of the field.
FIELDS = {
    "ground": "《行政处罚法》第五十四条第二款", "minutes": "现场检查笔录", "shown-certificate": "yes", "told-and-heard": "yes",
    "grave-kind": "no", "time-to-speak": "5 working days", "rights": "可以陈述、申辩；可以要求听证。",
    "performance": "到指定银行缴纳。", "remedy": "可以依法申请行政复议或者提起行政诉讼。", "seal": "电子印章",
    "closed": "no", "place": "本局三楼听证室", "agents": "1", "just-cause": "no", "hearing-record": "听证笔录", "result": "agree",
    "opinion": "事实清楚，证据确凿，程序合法，同意。", "taught": "yes", "adopted": "no", "receipt": "yes",
    "first-to-reconsideration": "yes", "delivery": "signed-for", "mode": "direct", "device": "no", "upheld": "no",
    "requests": "请求撤销该处罚决定。", "compensation": "no", "again": "no", "items": "请补充处罚决定书复印件和身份证明。",
    "signed-by-all": "yes", "head-present": "yes", "head-excused": "no", "evidence": "答复书及全部证据、依据", "agency": "",
    "longer": "30 days", "letter": "移送书", "report": "调查报告", "area": "东湖片区", "trade": "小餐饮", "document": "批复",
    "agreed": "yes", "same-facts": "no", "told-remedy": "yes", "spot": "no", "camera": "no", "real-estate": "no",
}
KINDS = {"text": "已依法办理，详见案卷。", "document": "案卷材料", "provision": "《行政处罚法》", "yes-no": "yes", "whole": "1",
         "money": "1000 CNY", "length": "5 working days"}

DEFENCE = ("当事人称已于检查次日整改，请求从轻处理。", "当事人称货架由他人整理，不知情。", "当事人称经营困难，请求减轻处罚。")
COMPLAINT = ("处罚认定的事实没有证据证明。", "同类情形其他商户未受处罚，处罚过重。", "没有听取我们的陈述就作出了处罚。")
