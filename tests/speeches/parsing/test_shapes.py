"""The shapes of printed digests: where titles, signatures and remarks stand."""

import pytest

from speeches.parsing import parse_digest

FIRST = "乡村要振兴，产业必振兴。我们村建起了冷链仓库，苹果卖到了全国各地。"
SECOND = "希望有关部门加大对返乡青年的支持力度，让更多年轻人留得下来。"


def _read(text):
    digest = parse_digest(text)
    assert (digest.lost, digest.invented) == ("", "")
    return digest


def test_a_digest_with_kicker_meeting_label_and_editors_note():
    digest = _read(
        "学习宣传贯彻会议精神\n\n云岭省政协经验交流会\n\n(发言摘登)\n\n"
        f"编者按:近日，会议召开，现摘登如下。\n\n守护一江清水\n\n青禾市政协主席 罗明川\n\n{FIRST}\n"
    )
    assert digest.kicker == "学习宣传贯彻会议精神"
    assert digest.meeting == "云岭省政协经验交流会"
    assert digest.label == "(发言摘登)"
    assert digest.editors_note == "编者按：近日，会议召开，现摘登如下。"
    assert digest.warnings == ()


def test_the_label_may_stand_in_the_line_of_the_meeting():
    digest = _read(
        f"青禾市政协“微协商”座谈会发言摘编\n\n守护清水\n\n青禾市政协主席 罗明川\n\n{FIRST}"
    )
    assert (digest.meeting, digest.label) == ("青禾市政协“微协商”座谈会", "发言摘编")


def test_titles_and_meeting_may_take_two_lines():
    digest = _read(
        "全省政协系统学习\n交流会\n发言摘登\n\n守护一江清水\n夯实发展根基\n\n"
        f"青禾市政协主席　罗明川\n\n{FIRST}\n\n{SECOND}\n\n让山区群众\n喝上放心水\n\n"
        f"白鹭县政协主席　韩素琴\n\n{FIRST}\n"
    )
    assert digest.meeting == "全省政协系统学习交流会"
    assert [speech.title for speech in digest.speeches] == [
        "守护一江清水 夯实发展根基",
        "让山区群众 喝上放心水",
    ]


def test_lines_without_any_blank_line_are_told_apart():
    body = (FIRST + SECOND) * 3
    wrapped = "\n".join(body[at : at + 17] for at in range(0, len(body), 17))
    digest = _read(
        "云岭省政协经验交流会\n（发言摘登）\n守护一江清水 夯实根基\n青禾市政协主席 罗明川\n"
        f"{wrapped}\n"
        f"让山区群众喝上放心水\n白鹭县政协主席 韩素琴\n{wrapped}\n"
    )
    assert [(speech.title, "".join(speech.paragraphs)) for speech in digest.speeches] == [
        ("守护一江清水 夯实根基", body),
        ("让山区群众喝上放心水", body),
    ]


@pytest.mark.parametrize("mark", ["代表——", "代表：", "委员——"])
def test_a_byline_glued_to_a_seat_stands_before_its_title(mark):
    digest = _read(
        "发言席\n\n《云岭日报》（2031年03月05日第 08 版）\n\n"
        f"柳湾集团有限公司党委书记、董事长翟秀英{mark}\n\n"
        f"让制造更聪明\n\n{FIRST}\n\n{SECOND}\n\n（本报记者沈墨采访整理）\n\n"
        f"云岭农业大学校长吴伟东{mark}\n\n加快种业创新\n\n{SECOND}\n"
    )
    assert [(s.title, s.organization, s.speakers) for s in digest.speeches] == [
        ("让制造更聪明", "柳湾集团有限公司", ("翟秀英",)),
        ("加快种业创新", "云岭农业大学", ("吴伟东",)),
    ]
    assert digest.speeches[0].posts == ("党委书记", "董事长", mark[:2])
    assert digest.speeches[0].notes == ("（本报记者沈墨采访整理）",)
    assert digest.headline == "发言席"
    assert (digest.newspaper, digest.issue_date, digest.page) == (
        "云岭日报",
        "2031年03月05日",
        "第08版",
    )


def test_a_bare_name_before_the_title_takes_its_body_from_the_first_sentence():
    digest = _read(
        "发言席\n\n张强代表——\n\n让乡村留住年轻人\n\n"
        f"“产业旺了。”青禾市柳湾村党支部书记张强代表说。\n\n{SECOND}\n"
    )
    speech = digest.speeches[0]
    assert speech.organization == "青禾市柳湾村"
    assert speech.posts == ("党支部书记", "代表")


def test_signatures_after_the_text_close_it():
    digest = _read(
        f"“她”说\n\n{FIRST}\n\n——王芳芳委员（云岭省妇联党组书记、主席）\n\n{SECOND}\n\n{FIRST}\n\n"
        "——柳湾集团有限公司董事长翟秀英委员\n\n（本报记者沈墨、林微整理）\n"
    )
    assert [(s.title, s.organization, s.speakers, len(s.paragraphs)) for s in digest.speeches] == [
        ("", "云岭省妇联", ("王芳芳",), 1),
        ("", "柳湾集团有限公司", ("翟秀英",), 2),
    ]
    assert digest.headline == "“她”说"
    assert digest.speeches[1].notes == ("（本报记者沈墨、林微整理）",)


def test_signatures_after_titled_texts_leave_each_its_title():
    digest = _read(
        f"代表委员议国是\n\n让制造更聪明\n\n{FIRST}\n\n（作者系柳湾集团有限公司董事长 翟秀英）\n\n"
        f"加快种业创新\n\n{SECOND}\n\n（作者系云岭农业大学校长 吴伟东）\n"
    )
    assert digest.headline == "代表委员议国是"
    assert [speech.title for speech in digest.speeches] == ["让制造更聪明", "加快种业创新"]


def test_speeches_reported_a_paragraph_each():
    digest = _read(
        "云岭省政协十三届一次会议举行第二次全体会议 马远出席\n\n"
        "本台消息：会议7日举行，听取大会发言。\n\n"
        "会议由副主席周启航主持。\n\n随后，3位政协委员作大会发言。\n\n"
        f"田小红委员代表民革云岭省委会发言说，{FIRST}\n\n尼玛扎西委员发言说，{SECOND}\n\n"
        f"他还建议，{SECOND}\n\n迪丽努尔·艾山委员发言说，{FIRST}\n\n会议号召全体委员努力工作。\n"
    )
    assert digest.meeting == "云岭省政协十三届一次会议"
    assert [(s.organization, s.posts, s.speakers) for s in digest.speeches] == [
        ("民革云岭省委会", ("委员",), ("田小红",)),
        ("", ("委员",), ("尼玛扎西",)),
        ("", ("委员",), ("迪丽努尔·艾山",)),
    ]
    assert digest.speeches[0].on_behalf_of == "民革云岭省委会"
    assert len(digest.speeches[1].paragraphs) == 2
    assert "会议号召全体委员努力工作。" in digest.notes


def test_speeches_reported_in_one_paragraph_one_of_them_joint():
    digest = _read(
        "云岭省政协召开专题协商会\n\n会上，多位委员作了发言。王志强和黄小卫常委建议，加强资源保护。"
        f"李明慧委员代表民革云岭省委会提出，{FIRST}陈大同委员认为，应当完善机制。\n"
    )
    assert [speech.speakers for speech in digest.speeches] == [
        ("王志强", "黄小卫"),
        ("李明慧",),
        ("陈大同",),
    ]
    assert digest.speeches[0].paragraphs == ("王志强和黄小卫常委建议，加强资源保护。",)
    assert digest.notes == ("会上，多位委员作了发言。",)


def test_a_joint_speech_has_several_signatures():
    digest = _read(
        "云岭省政协大会发言选登\n\n为青年发展赋能\n\n"
        "共青团青禾市委书记　陈一鸣\n青禾市青联主席　何小满\n\n"
        f"{FIRST}\n"
    )
    speech = digest.speeches[0]
    assert speech.speakers == ("陈一鸣", "何小满")
    assert speech.posts == ("书记", "青禾市青联主席")
    assert speech.byline == "共青团青禾市委书记　陈一鸣\n青禾市青联主席　何小满"


def test_a_byline_may_take_two_lines():
    digest = _read(
        f"发言摘登\n\n守护一江清水\n\n青禾市政协党组书记、主席\n罗明川\n\n{FIRST}\n\n让水更清\n\n"
        f"韩素琴\n白鹭县政协主席\n\n{SECOND}\n"
    )
    assert [(s.title, s.organization, s.speakers) for s in digest.speeches] == [
        ("守护一江清水", "青禾市政协", ("罗明川",)),
        ("让水更清", "白鹭县政协", ("韩素琴",)),
    ]


def test_several_speakers_under_one_title():
    digest = _read(
        f"青禾市政协座谈会发言摘编\n\n关于养老服务的建议\n\n市政协委员　陈一鸣\n\n{FIRST}\n\n"
        f"柳湾街道主任　何小满\n\n{SECOND}\n"
    )
    assert [(s.title, s.speakers) for s in digest.speeches] == [
        ("关于养老服务的建议", ("陈一鸣",)),
        ("", ("何小满",)),
    ]


def test_a_body_may_sign_without_a_person():
    digest = _read(
        f"云岭省政协会议\n\n发言摘登\n\n打造法治化营商环境\n\n民建青禾市委会\n\n{FIRST}\n\n"
        f"{SECOND}\n"
    )
    assert digest.speeches[0].organization == "民建青禾市委会"
    assert digest.speeches[0].speakers == ()
    assert [warning.code for warning in digest.warnings] == ["no-speaker"]


def test_a_name_glued_to_its_post_signs_between_title_and_text():
    digest = _read(
        f"云岭省政协会议\n\n发言摘登\n\n守护一江清水\n\n青禾市政协主席罗明川\n\n{FIRST}\n"
    )
    assert digest.speeches[0].speakers == ("罗明川",)


def test_a_conversation_becomes_a_speech_for_each_guest():
    digest = _read(
        "共话乡村振兴\n\n编者按：近日，本报邀请两位委员座谈。\n\n"
        "嘉宾：\n全国政协委员、云岭农业大学教授　刘小华\n"
        "青禾市柳湾村党支部书记　张强\n青禾市水利局局长　何小满\n\n主持人：如何看待乡村振兴？\n\n"
        f"刘小华：{FIRST}\n\n张强：{SECOND}\n\n{FIRST}\n\n主持人：还有什么建议？\n\n"
        f"刘小华：{SECOND}\n"
    )
    assert [(s.speakers, s.organization, s.paragraphs) for s in digest.speeches] == [
        (("刘小华",), "云岭农业大学", (FIRST, SECOND)),
        (("张强",), "青禾市柳湾村", (SECOND, FIRST)),
    ]
    assert "主持人：如何看待乡村振兴？" in digest.notes
    assert "青禾市水利局局长　何小满" in digest.notes
    assert [w.dropped for w in digest.warnings if w.code == "turn-marks"] == [
        "刘小华：刘小华：",
        "张强：",
    ]
    assert digest.editors_note.startswith("编者按")


def test_names_before_colons_without_a_list_of_guests_are_no_conversation():
    digest = _read(
        f"发言摘登\n\n守护清水\n\n青禾市政协主席 罗明川\n\n张强：{FIRST}\n\n李明：{SECOND}\n"
    )
    assert len(digest.speeches) == 1


def test_furniture_between_speeches_goes_to_the_notes():
    digest = _read(
        "云岭政协报  2031年5月12日  星期一  第4版  专版\n\n云岭省政协会议\n\n发言摘登\n\n"
        "守护清水\n\n"
        f"青禾市政协主席 罗明川\n\n{FIRST}\n\n(下转第四版)\n"
    )
    assert digest.speeches[0].paragraphs == (FIRST,)
    assert digest.notes == ("云岭政协报  2031年5月12日  星期一  第4版  专版", "(下转第四版)")
    assert digest.newspaper == "云岭政协报"


def test_text_without_a_signature_has_no_speech_and_says_so():
    digest = _read("今天天气很好。\n\n我们去公园玩。\n")
    assert digest.speeches == ()
    assert [warning.code for warning in digest.warnings] == ["no-speech"]
    assert digest.notes == ("今天天气很好。", "我们去公园玩。")


def test_an_unusual_name_a_missing_body_and_a_missing_text_are_told():
    digest = _read(
        f"发言席\n\n青禾市文联主席 沐云初雪\n\n{FIRST}\n\n张强代表——\n\n让乡村留住年轻人\n\n"
        f"{SECOND}\n\n"
        "守护清水\n\n青禾市政协主席 罗明川\n"
    )
    assert [(w.code, w.speech) for w in digest.warnings] == [
        ("name-unusual", 1),
        ("no-organization", 2),
        ("no-text", 3),
        ("no-meeting", None),
    ]


def test_either_of_two_signatures_may_say_on_whose_behalf_both_speak():
    page = (
        "政协白鹭县第九届委员会第四次会议\n\n让小微企业轻装前行\n\n"
        "县政协委员　林珊\n县政协委员　乔木南（代表县工商联）\n\n"
        "全县共有小微企业3200家，稳住了八成就业。\n\n建议设立服务专窗3个。\n"
    )
    (speech,) = parse_digest(page).speeches
    assert speech.speakers == ("林珊", "乔木南")
    assert speech.on_behalf_of == "县工商联"


@pytest.mark.parametrize(
    "shape",
    [
        "（{unit} {name}）",
        "（{name}，{unit}）",
        "【{unit} {name}】",
        "[{unit} {name}]",
        "**{unit} {name}**",
        "——{unit} {name}",
        "——{unit}{name}",
        "（作者：{name}，系{unit}）",
        "{unit} | {name}",
        "{unit}｜{name}",
        "{unit}/{name}",
        "文/{name}（{unit}）",
        "{name}，{unit}",
        "{unit}：{name}",
        "{unit} {name}（2031年5月12日）",
        "{unit} {name}同志",
        "{unit} {name}发言",
        "{body}\n{posts} {name}",
    ],
)
def test_a_signature_below_its_title_may_be_dressed(shape):
    signed = [("守护一江清水", "青禾市政协", "党组书记、主席", "罗明川")]
    signed += [("让山区群众喝上放心水", "民建云岭省委会", "副主委", "高月")]
    blocks = ["云岭省政协经验交流会", "（发言摘登）"]
    for title, body, posts, name in signed:
        signature = shape.format(unit=body + posts, body=body, posts=posts, name=name)
        blocks += [title, signature, FIRST, SECOND]
    digest = _read("\n\n".join(blocks) + "\n")
    assert [
        (speech.title, speech.organization, "、".join(speech.posts), *speech.speakers)
        for speech in digest.speeches
    ] == signed
    assert [speech.paragraphs for speech in digest.speeches] == [(FIRST, SECOND)] * 2


def test_a_signature_in_brackets_may_close_its_text():
    digest = _read(
        f"守护一江清水\n\n{FIRST}\n\n（青禾市政协主席 罗明川）\n\n"
        f"让山区群众喝上放心水\n\n{SECOND}\n\n（民建云岭省委会副主委 高月）\n"
    )
    assert [(s.title, s.speakers, s.paragraphs) for s in digest.speeches] == [
        ("守护一江清水", ("罗明川",), (FIRST,)),
        ("让山区群众喝上放心水", ("高月",), (SECOND,)),
    ]


def test_the_first_wrapped_line_below_a_signature_is_no_title():
    texts = (SECOND + FIRST + SECOND, FIRST + SECOND + FIRST)
    first, second = (
        "\n".join(f"　　{text}"[at : at + 20] for at in range(0, len(text) + 2, 20))
        for text in texts
    )
    digest = _read(
        f"云岭省政协经验交流会\n\n（发言摘登）\n\n青禾市政协主席 罗明川\n\n{first}\n\n"
        f"白鹭县政协主席 韩素琴\n\n{second}\n"
    )
    assert [(speech.title, speech.paragraphs) for speech in digest.speeches] == [
        ("", (text,)) for text in texts
    ]


def test_wrapped_prose_without_paragraph_marks_is_parted_where_its_words_turn():
    parts = (
        "白鹭县有茶园九万亩，委员会围绕产业链建言，围绕价值链出力，推动茶产业由大变强。",
        "在建言献策上下功夫。组织委员赴产茶县学习考察，提出统一品牌等建议，推动出台了扶持意见。",
        "在联农带农上见实效。推广“企业加农户”模式，帮助茶农增收，涌现出一批典型。",
        "展望未来，我们将保持定力、久久为功，把小茶叶做成富民强县的大产业。",
    )
    text = "".join(parts)
    wrapped = "\n".join(text[at : at + 20] for at in range(0, len(text), 20))
    listed = (
        "一、建好阵地，改造书屋。二、办好活动，邀请专家。三、用好成果，坚持读以致用，编好史料。"
    )
    others = "\n".join(listed[at : at + 20] for at in range(0, len(listed), 20))
    digest = _read(
        f"云岭省政协经验交流会\n\n助力茶产业振兴\n\n白鹭县政协主席 韩素琴\n\n{wrapped}\n\n"
        f"涵养履职能力\n\n青禾市政协主席 罗明川\n\n{others}\n"
    )
    assert digest.speeches[0].paragraphs == parts


@pytest.mark.parametrize(
    "line",
    [
        "第3页 共8页",
        "3 / 8",
        "上一篇：关于召开会议的通知",
        "主办单位：政协云岭省委员会办公厅",
        "云ICP备05000001号-1",
        "【打印】【关闭】",
        "（以上发言根据录音整理，未经本人审阅）",
    ],
)
def test_what_a_page_prints_around_the_speeches_is_no_speech(line):
    digest = _read(
        "云岭省政协经验交流会\n\n（发言摘登）\n\n守护一江清水\n\n"
        f"青禾市政协主席 罗明川\n\n{FIRST}\n\n"
        f"{line}\n\n让山区群众喝上放心水\n\n白鹭县政协主席 韩素琴\n\n{SECOND}\n\n{line}\n"
    )
    assert [(s.title, s.paragraphs) for s in digest.speeches] == [
        ("守护一江清水", (FIRST,)),
        ("让山区群众喝上放心水", (SECOND,)),
    ]


def test_a_meeting_without_label_may_stand_close_above_the_first_title():
    digest = _read(
        f"云岭省政协经验交流会\n守护一江清水\n青禾市政协主席 罗明川\n{FIRST}\n"
        f"让山区群众喝上放心水\n白鹭县政协主席 韩素琴\n{SECOND}\n"
    )
    assert (digest.meeting, digest.speeches[0].title) == ("云岭省政协经验交流会", "守护一江清水")


def test_a_committees_meeting_keeps_its_name_before_the_label():
    digest = _read(
        f"云岭省政协专题议政性常委会会议发言摘登\n\n守护清水\n\n青禾市政协主席 罗明川\n\n{FIRST}"
    )
    assert digest.meeting == "云岭省政协专题议政性常委会会议"
