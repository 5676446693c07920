"""The text of a saved web page among its menus, and what rich text shows."""

import base64

from speeches.parsing.reading import html
from tests.speeches.parsing.reading.test_docx_content import png

PAGE = """<!DOCTYPE html><html><head><title>网站</title></head><body><form>
<div class="top-nav"><ul><li><a>首页</a></li><li><a>新闻</a></li></ul></div>
<div class="content"><h2>大会发言摘登</h2>
<p align="center"><strong>守护一江清水</strong></p>
<p style="text-align: center">青禾市政协主席　林清溪</p>
<p>　　近年来，我市持续治水。<b style="font-weight: normal">新建污水处理站19座。</b></p>
<ol style="list-style-type: cjk-ideographic"><li>抓源头。</li><li>抓管护。</li></ol>
<ol type="a" start="3"><li>甲</li><li value="7">乙</li></ol><ul><li>丙</li></ul>
<pre>原样
两行</pre><table><tr><td><p>版面一。</p><p>版面二。</p></td></tr></table></div>
<div><a>推荐一</a> <a>推荐二</a></div></form>
<div class="footer">主办：青禾市政协办公室。</div></body></html>"""


def test_menus_and_footers_are_told_and_the_form_around_all_is_read():
    source = html.read(PAGE.encode())
    assert source.text.split("\n") == [
        "大会发言摘登", "", "守护一江清水", "", "青禾市政协主席　林清溪",
        "　　近年来，我市持续治水。新建污水处理站19座。", "一、抓源头。", "二、抓管护。",
        "c.甲", "g.乙", "丙",
        "原样", "两行", "版面一。", "版面二。",
    ]  # fmt: skip
    (warning,) = source.warnings
    for text in ("首页新闻", "推荐一 推荐二", "主办"):
        assert text in warning.message


def test_a_picture_in_the_page_is_kept_and_another_is_told():
    data = base64.b64encode(png()).decode()
    source = html.read(
        f'<html><p>甲</p><img alt="图" src="data:image/png;base64,{data}"><img src="a.png">'
        '<img src="data:image/png;base64,A"><p>乙。</p></html>'.encode()
    )
    (picture,) = source.pictures
    assert (picture.content, picture.description) == (png(), "图")
    assert [warning.code for warning in source.warnings] == ["pictures-left-out", "pictures-kept"]
