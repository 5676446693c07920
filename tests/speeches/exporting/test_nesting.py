from speeches.exporting.nesting import BlockList, nested
from speeches.textblocks import Block, blocks


def shape(parts) -> list:
    """The tree as lists of texts; a numbered list begins with its start."""
    return [
        part.text
        if isinstance(part, Block)
        else [part.start, *(shape(item) for item in part.items)]
        for part in parts
    ]


def test_items_are_gathered_under_the_item_they_stand_in():
    markup = "<p>前</p><ol><li>一</li><li>二<ul><li>内</li></ul><p>续</p></li></ol><p>后</p>"
    assert shape(nested(blocks(markup))) == [
        "前",
        [1, ["一"], ["二", [None, ["内"]], "续"]],
        "后",
    ]


def test_a_count_that_begins_again_is_another_list():
    markup = "<ol><li>一</li></ol><ol><li>另一</li></ol><ul><li>点</li></ul>"
    assert shape(nested(blocks(markup))) == [[1, ["一"]], [1, ["另一"]], [None, ["点"]]]


def test_what_stands_between_items_lets_the_count_go_on():
    markup = "<ol><li>一<table><tr><td>表</td></tr></table></li><li>二</li></ol>"
    first, _table, second = nested(blocks(markup))
    assert isinstance(first, BlockList)
    assert (first.start, second.start) == (1, 2)


def test_an_item_without_its_outer_ones_is_kept():
    assert shape(nested(blocks("<ul><ul><ul><li>深处</li></ul></ul></ul>"))) == [[None, ["深处"]]]
