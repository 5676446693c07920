import pytest

from speeches.parsing import UnreadableFile, read_file
from speeches.parsing.reading import html


def read(text, encoding="utf-8"):
    return html.read(text.encode(encoding))


def test_blocks_are_lines_and_what_is_not_text_is_left_out():
    source = read(
        "<!DOCTYPE html><html><head><title>网站</title><style>p{}</style></head><body>"
        "<nav>首页</nav><h1>守护一江<b>清水</b></h1><p>青禾市政协主席　林清溪</p>"
        "<div>甲<br>乙<script>alert(1)</script></div><p style='display: none'>藏</p>"
        "<table><tr><td>提案</td><td>19件</td></tr></table><img src='a.png'>"
        "<footer>版权所有</footer></body></html>"
    )
    assert source.text.split("\n") == [
        "守护一江清水",
        "青禾市政协主席　林清溪",
        "甲",
        "乙",
        "提案\t19件",
    ]
    codes = [warning.code for warning in source.warnings]
    assert codes == ["page-furniture", "hidden-left-out", "pictures-left-out"]
    assert "“首页”、“版权所有”" in source.warnings[0].message


def test_the_marked_article_is_the_text():
    assert read("<html><p>推荐阅读</p><article><p>正文</p></article></html>").text == "正文"


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "none"])
def test_the_bytes_win_over_a_wrong_declaration(declared):
    page = f"<html><meta charset={declared}><p>政协会议发言摘登</p></html>"
    assert read(page, "gb18030").text == "政协会议发言摘登"
    assert read(page).text == "政协会议发言摘登"


def test_big5_is_read_where_the_page_names_it():
    page = "<html><meta charset='big5'><p>政協會議發言</p></html>"
    assert read(page, "big5").text == "政協會議發言"


def test_an_xml_declaration_does_no_harm():
    page = '<?xml version="1.0" encoding="utf-8"?><html><p>正文</p></html>'
    assert read(page).text == "正文"


def test_deep_nesting_is_survived():
    assert "正文" in read("<html>" + "<div>" * 200 + "正文").text


def test_a_page_without_text_is_refused():
    with pytest.raises(UnreadableFile, match="没有"):
        read_file(b"<html><script>x</script></html>")
