import pytest

from speeches.parsing.affiliations import read_affiliation, split_unit
from speeches.parsing.bylines import Place, parse_byline, read_unit_line

CASES = [
    ("青禾市政协党组书记、主席 罗明川", "青禾市政协", ["党组书记", "主席"], ["罗明川"]),
    (
        "省政协经济委员会分党组书记、主任　　沈怀远",
        "省政协经济委员会",
        ["分党组书记", "主任"],
        ["沈怀远"],
    ),
    ("罗明川 青禾市政协党组书记、主席", "青禾市政协", ["党组书记", "主席"], ["罗明川"]),
    ("罗明川（青禾市政协党组书记、主席）", "青禾市政协", ["党组书记", "主席"], ["罗明川"]),
    ("罗明川(青禾市政协主席)", "青禾市政协", ["主席"], ["罗明川"]),
    ("青禾市政协主席 罗明川：", "青禾市政协", ["主席"], ["罗明川"]),
    ("致公党白鹭县支部主委 林　微：", "致公党白鹭县支部", ["主委"], ["林微"]),
    ("民革青禾市委会 发言人:马晓明(女,回族)", "民革青禾市委会", [], ["马晓明"]),
    ("发言人：民革青禾市委会 马晓明", "民革青禾市委会", [], ["马晓明"]),
    ("发言人：马晓明（民革青禾市委会主委）", "民革青禾市委会", ["主委"], ["马晓明"]),
    ("发言单位：民革青禾市委会　发言人：马晓明", "民革青禾市委会", [], ["马晓明"]),
    (
        "民盟青禾市委会主委、市政协副主席 周启航",
        "民盟青禾市委会",
        ["主委", "市政协副主席"],
        ["周启航"],
    ),
    (
        "市政协委员、青禾宏远机电有限公司董事长 赵铁山",
        "青禾宏远机电有限公司",
        ["市政协委员", "董事长"],
        ["赵铁山"],
    ),
    ("全国政协委员,云岭记忆馆馆长吴向西:", "云岭记忆馆", ["全国政协委员", "馆长"], ["吴向西"]),
    (
        "■■全国人大代表、柳湾村党支部书记张　强：",
        "柳湾村",
        ["全国人大代表", "党支部书记"],
        ["张强"],
    ),
    (
        "云岭高级人民法院审判监督庭原副庭长 张大勇",
        "云岭高级人民法院审判监督庭",
        ["原副庭长"],
        ["张大勇"],
    ),
    ("民建云岭省委会 王志强 黄小卫", "民建云岭省委会", [], ["王志强", "黄小卫"]),
    ("民建云岭省委会副主委 王志强、黄小卫", "民建云岭省委会", ["副主委"], ["王志强", "黄小卫"]),
    ("青禾市文联主席 巴莫曲布依", "青禾市文联", ["主席"], ["巴莫曲布依"]),
    ("青禾市政协副主席 迪丽努尔·艾山", "青禾市政协", ["副主席"], ["迪丽努尔·艾山"]),
    ("青禾市政协副主席 陈一（女，回族)", "青禾市政协", ["副主席"], ["陈一"]),
    ("县工商联　发言人：主席乔木南", "县工商联", ["主席"], ["乔木南"]),
    ("县工商联　发言人：乔木南（县政协委员）", "县工商联", ["县政协委员"], ["乔木南"]),
    (
        "云岭省政协办公厅机关党组书记、秘书长 陆知行",
        "云岭省政协办公厅",
        ["机关党组书记", "秘书长"],
        ["陆知行"],
    ),
    ("青禾市政协机关党组书记 陆知行", "青禾市政协", ["机关党组书记"], ["陆知行"]),
    ("青禾市政协机关党委专职副书记 陆知行", "青禾市政协", ["机关党委专职副书记"], ["陆知行"]),
    ("青禾市直机关党委书记 陆知行", "青禾市直机关", ["党委书记"], ["陆知行"]),
    ("全国政协委员 李明慧", "全国政协", ["委员"], ["李明慧"]),
    ("李明慧委员（青禾市妇联主席）", "青禾市妇联", ["主席", "委员"], ["李明慧"]),
    ("云岭省妇联 王芳芳委员", "云岭省妇联", ["委员"], ["王芳芳"]),
    (
        "青禾市政协文化文史和学习委员会分党组书记、主任，市社会科学院院长　林清溪",
        "青禾市政协文化文史和学习委员会",
        ["分党组书记", "主任", "市社会科学院院长"],
        ["林清溪"],
    ),
    (
        "林 清 溪　青禾市政协副主席,民盟青禾市委会主委",
        "青禾市政协",
        ["副主席", "民盟青禾市委会主委"],
        ["林清溪"],
    ),
]


@pytest.mark.parametrize(("printed", "organization", "posts", "speakers"), CASES)
def test_body_posts_and_names_are_recognised(printed, organization, posts, speakers):
    byline = parse_byline(printed)
    assert byline is not None
    assert byline.printed == printed
    assert byline.organization == organization
    assert list(byline.posts) == posts
    assert list(byline.speakers) == speakers


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        ("——王芳芳委员（云岭省妇联党组书记、主席）", Place.AFTER_TEXT),
        ("——柳湾集团有限公司董事长翟秀英委员", Place.AFTER_TEXT),
        ("（作者系青禾市政协主席 罗明川）", Place.AFTER_TEXT),
        ("柳湾铁路有限公司党委书记、董事长汤立秋代表——", Place.BEFORE_TITLE),
        ("张强代表——", Place.BEFORE_TITLE),
        ("王志强和黄小卫常委——", Place.BEFORE_TITLE),
        ("青禾市政协主席 罗明川", Place.BESIDE_TITLE),
    ],
)
def test_the_shape_tells_where_the_byline_stands(printed, place):
    byline = parse_byline(printed)
    assert byline is not None
    assert byline.place is place


def test_a_seat_after_the_name_is_the_last_post():
    byline = parse_byline("农工党云岭省委会副主委、云岭省农业农村厅一级巡视员兰定邦委员——")
    assert byline is not None
    assert byline.organization == "农工党云岭省委会"
    assert byline.posts == ("副主委", "云岭省农业农村厅一级巡视员", "委员")
    assert byline.speakers == ("兰定邦",)


def test_an_unusual_name_glued_to_a_post_is_read_before_its_seat():
    byline = parse_byline("——云岭省文联副主席、作家巴莫曲布依委员")
    assert byline is not None
    assert byline.speakers == ("巴莫曲布依",)


@pytest.mark.parametrize(
    ("printed", "organization", "posts", "behalf"),
    [
        ("乔木南（代表民革中央）", "民革中央", (), "民革中央"),
        ("乔木南委员（代表民革中央）", "民革中央", ("委员",), "民革中央"),
        ("县政协委员　乔木南（代表县工商联）", "县政协", ("委员",), "县工商联"),
        ("县政协委员 乔木南(女，代表致公党)", "县政协", ("委员",), "致公党"),
        ("乔木南（县工商联主席，代表工商联界发言）", "县工商联", ("主席",), "工商联界"),
        ("乔木南委员代表工商联界发言", "工商联界", ("委员",), "工商联界"),
        ("乔木南代表代表工商联界发言", "工商联界", ("代表",), "工商联界"),
        ("县政协委员 乔木南 代表县工商联发言", "县政协", ("委员",), "县工商联"),
        ("乔木南　代表县工商联", "县工商联", (), "县工商联"),
        ("代表县工商联发言　乔木南", "县工商联", (), "县工商联"),
        ("代表县工商联　乔木南", "县工商联", (), "县工商联"),
        ("代表县工商联发言人：乔木南", "县工商联", (), "县工商联"),
        ("乔木南（代表 县工商联）", "县工商联", (), "县工商联"),
        ("县政协委员乔木南代表县工商联发言", "县政协", ("委员",), "县工商联"),
        ("代表县工商联　发言人：乔木南", "县工商联", (), "县工商联"),
        ("——乔木南委员（代表县工商联）", "县工商联", ("委员",), "县工商联"),
    ],
)
def test_speaking_on_behalf_of_a_body_is_kept(printed, organization, posts, behalf):
    byline = parse_byline(printed)
    assert byline is not None
    assert byline.printed == printed
    assert byline.certain
    assert byline.speakers == ("乔木南",)
    assert (byline.organization, byline.posts) == (organization, posts)
    assert byline.on_behalf_of == behalf


@pytest.mark.parametrize(
    "text",
    [
        "各界委员代表大会发言",
        "住县政协委员代表工商联界发言",
        "代表县工商联 共谋发展新篇",
        "乔木南委员代表作大会发言",
        "好作品（代表作品）",
    ],
)
def test_speaking_on_behalf_needs_a_name_and_a_body(text):
    assert parse_byline(text) is None


def test_a_name_glued_to_a_post_is_uncertain_without_a_mark():
    byline = parse_byline("青禾市政协党组书记、主席罗明川")
    assert byline is not None
    assert not byline.certain
    assert byline.speakers == ("罗明川",)


@pytest.mark.parametrize(
    "text",
    [
        "加强党的建设 提升履职能力和水平",
        "坚持党建引领 促进“四个融合”",
        "凝心聚力 谱新篇",
        "为全市高质量发展 贡献政协力量",
        "建设美丽政协 促发展",
        "本报记者 李明慧",
        "（本报记者沈墨、林微整理）",
        "会议由省政协副主席周启航主持",
        "我们要坚持学习，认真履职。",
        "主要做法如下：",
        "市委书记，市长出席 王志强",
        "爱岗当书记，敬业做主任　高建国",
        "发言人：有关部门负责同志若干",
        "第" * 120,
        "会",
    ],
)
def test_titles_remarks_and_prose_are_no_bylines(text):
    assert parse_byline(text) is None


@pytest.mark.parametrize("text", ["民革青禾市委会", "青禾市政协人口资源环境委员会"])
def test_a_line_may_name_a_body_and_nobody(text):
    byline = read_unit_line(text)
    assert byline is not None
    assert byline.organization == text
    assert byline.speakers == ()


@pytest.mark.parametrize("text", ["推动高质量发展", "委员会", "民革青禾市委会，"])
def test_other_lines_name_no_body(text):
    assert read_unit_line(text) is None


def test_a_post_in_another_body_keeps_its_body():
    assert split_unit("甲市政协主席、党组书记、乙县政协顾问") == (
        "甲市政协",
        ("主席", "党组书记", "乙县政协顾问"),
    )


def test_a_body_without_a_post_among_others_is_kept():
    assert split_unit("民革青禾市委会、青禾市中医院") == ("民革青禾市委会", ("青禾市中医院",))


@pytest.mark.parametrize(
    ("paragraph", "organization", "posts"),
    [
        (
            "“产业旺了。”云岭省青禾市柳湾村党支部书记张强代表说。",
            "云岭省青禾市柳湾村",
            ("党支部书记",),
        ),
        ("作为青禾市第一中学校长，我深有体会。", "青禾市第一中学", ("校长",)),
        ("张强代表说，产业旺了。", "", ()),
        ("我们看到张强代表在田间忙碌。", "", ()),
    ],
)
def test_the_first_sentences_tell_the_body_of_a_bare_name(paragraph, organization, posts):
    assert read_affiliation(paragraph, "张强") == (organization, posts)
