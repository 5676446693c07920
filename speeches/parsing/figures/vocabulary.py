"""The words around a number in a report of work: what results are introduced by and counted in.

Chinese prints no blanks between words and no segmenter is at hand, so these lists tell where a
quotable phrase begins and ends. A word that is missing costs a less tidy phrase, never a figure.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


RESULT_VERBS = _words(
    """
    提交 报送 编报 完成 开展 举办 召开 举行 作出 做出 形成 建成 建立 成立 搭建 发表 刊发 刊登 编发
    编印 编辑 编写 编撰 撰写 出版 发布 推送 制定 出台 印发 修订 帮办 捐款 捐物 捐资 捐资助学 资助
    落实 争取 筹集 筹措 募集 捐赠 发放 投入 引进 带动 惠及 化解 解决 办理 办结 答复 收集 征集 收到
    采纳 采用 走访 走访慰问 看望 走进 深入 参加 参与 邀请 吸纳 吸引 选派 选聘 聘请 划分 配备
    设立 设置 新建
    新增 改造 修建 修缮 修复 整修 硬化 铺设 安装 栽植 补齐 打造 命名 评定 获得 荣获 实现 节约 整合
    归并 开通 开设 开办 开发 结对 包联 认领 推荐 接待 接访 划入 纳入 支付 下拨 拨付 兑现 发动 动员
    引导 受理 排查 销号 申请 申报 周转 推动 促成 促进 推进 发出 提出 梳理 汇总 筛选 遴选 确定 实施
    转化 汇编 收录 展出 创作 登记 进行 审查 审议 反映 赠送 组建 转为 赴
    认捐 接听 诊治 轮训 查看 踏勘 转移 招录 配套 创办 卖出 提炼 加装 维修 加固 整理 主持
    筛查 完工 提供 结成 援建 捐建 购置 采购 购买 审理 执结 销售 建起 改扩建 扩建 改建 打通 选育 派出
    谋划 关停 清理 采集 搜集 挖掘 招引 招收 接诊 救治 植树 注册 精简 整治 劝退 栽种 架设 疏浚 拆除
    清运 新开通
    """
)
"""Verbs that only introduce what is counted."""

NOUN_VERBS = _words(
    """
    帮扶 帮助 协调 捐助 培训 扶持 培育 培养 服务 覆盖 受益 调解 立案 转办 交办 督办 慰问 调研 视察
    考察 投资 引资 签约 种植 发展 创建 评选 表彰 联系 竣工 开工 支持 救助 整改 治理 减少 补助
    """
)
"""Verbs that introduce what is counted, but stand within nouns as well (帮扶资金)."""

BOUND_NOUNS = _words("资金 资金总额 款 金 款物 物资 项目 面积 报告 对象 率 量 额 数 班")
"""What such a verb is never parted from."""

PHRASE_ENDS = _words(
    """
    作出 做出 提出 形成 完成 实现 建成 建立 获得 荣获 得到 受到 获评 获 编入 成立 参加 参与 增收
    反映 解决 推动 带动 促进 落实 采纳 转化 覆盖 达到 达 增加 提升 提高 下降 纳入 投入 用于 用来
    惠及 受益 入选 立案 办结 用上 吃上 走上 成为 脱贫 摘帽 落户 落地 投产 签约 开工 竣工 通过 召开
    举办 开展 组织 走访 慰问 发放 捐赠 抱团 入股 全部 全面 全覆盖 开始 先后 进行 进入 深入 前往
    来自 分别 担任 设立 位列 占 较 比 超 有 能 没有 仍 还 已 均 都 就 也 并 且 被 把 将 给 为 以
    在 向 从 由 使 让 因 而 其中 不 未 更 的 了 着 过 等 得
    组成 牵头 轮流 讲述 协助 联合 共同 会同 结束 靠 找到
    """
)
"""Words after a counted noun that belong to it no longer."""

COUNTED_NOUNS = _words(
    """
    行政村 贫困村 自然村 示范村 试点村 社区 乡镇 街道 县区 区县 地区 国家 城市 景区 园区 小区 校区
    村组 企业 公司 合作社 农场 牧场 单位 部门 机构 学校 院校 高校 医院 家庭 农户 困难户 群众 居民
    村民 牧民 市民 移民 委员 代表 党员 干部 职工 人员 专家 学者 教师 医生 学生 老人 儿童 青年 妇女
    农民 工人 领导 同志 志愿者 大学生 人才 网格员 会议 座谈会 协商会 恳谈会 议事会 活动 项目 工程
    产业 集群 基地 平台 中心 工作站 联络站 工作室 议事室 协商室 站点 小组 工作组 调研组 支部
    党支部 党组织 委员会 专委会 课题 议题 专题 提案 建议 意见 信息 报告 文章 稿件 论文 丛书 图书
    书籍 资料 作品 实事 问题 难题 事项 批示 措施 举措 政策 制度 机制 办法 文件 方案 任务 调研 视察
    协商 座谈 议政 监督 讲座 资金 善款 补贴 物资 设备 系统 生产线 床位 岗位 道路 公路 管网 渠道
    路灯 树木 苗木 案件 纠纷 矛盾 诉求 线索 品牌 专利 标准 荣誉 称号 奖项 团队 网格 示范点 联系点
    监测点 阵地 场所 驿站 食堂 书屋 界别 党派 团体 商会 协会 组织 队伍 民族 人口 农民工 网民 用户
    消费者 市场主体 经营主体 个体户 工商户 残疾人 建筑 房屋 水库 河流 湖泊 遗址 文物 古树 车间
    学科 专业 课程 片区 线路 门店 村庄 方面 领域 行业 环节 监督员 评议员 讲解员 联络员 书记 主任
    卫生院 卫生室 教室 图书室 教学楼 患者 村医 医务人员 律师 手艺人 传承人 订单 隐患 点位
    声音 摊位 楼栋 政协 人家
    """
)
"""Nouns that end a counted phrase."""

NOUN_ENDINGS = frozenset(
    "村县乡镇市州省区国校院厂店馆所站室点队组会户人员者民师生奖案书房楼桥井路渠棚园林田地"
    "湖河库款物车机树羊牛猪鸡课班"
)
"""Characters that end a counted noun where a phrase ends as well."""

LEADS = _words(
    """
    近年来 多年来 去年以来 今年以来 换届以来 一年来 三年来 五年来 截至目前 截至去年底 截至 目前
    去年 今年 全年 当前 至今 年内 同时 此外 另外 特别是 我们 主要 先后 已经 每月 委员们 一是 二是
    三是 四是 五是 六是 七是 八是
    """
)
"""Words at the beginning of a phrase that tell nothing of what is counted."""

TAKES_NOUN = frozenset(
    "个项名位件篇次家条期份场所套座处支笔类批组辑部本册只头棵株张台辆轮种门堂间幅栋起宗"
)
"""Measure words before which a verb makes whatever follows the counted noun."""
