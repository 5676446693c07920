import pytest

from speeches.models.editions import FigureEdition
from speeches.public.figures import figure_line


@pytest.mark.parametrize(
    ("printed", "parts"),
    [
        ("提交提案19件", ("提交提案", "19", "件")),
        ("400多万元", ("", "400", "多万元")),
        ("近百场次", ("近", "百", "场次")),
        ("98.5%", ("", "98.5%", "")),
        ("19,", ("", "19", ",")),
        ("若干", ("", "若干", "")),
        ("五年以上的老纠纷17起", ("五年以上的老纠纷", "17", "起")),
        ("第2批办结4%—6%", ("第2批办结", "4%—6%", "")),
    ],
)
def test_the_number_is_cut_out_and_no_character_is_lost(printed, parts):
    line = figure_line(FigureEdition(printed=printed))
    assert (line.before, line.number, line.after) == parts
    assert line.printed == printed


def test_the_object_is_captioned_only_where_the_words_do_not_name_it():
    assert figure_line(FigureEdition(printed="74个村", object="村")).caption == ""
    assert figure_line(FigureEdition(printed="19件", object="提案")).caption == "提案"
