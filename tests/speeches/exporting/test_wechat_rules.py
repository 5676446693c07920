import pytest

from speeches.exporting.wechat_rules import BYTES_LIMIT, Article, broken_rules, measures


def article(content: str = "<p>甲</p>", **fields: str) -> Article:
    return Article(**{"title": "题", "author": "者", "digest": "要", "content": content, **fields})


def test_a_plain_article_keeps_the_rules():
    fine = (
        '<section style="line-height:1.8;width:100%"><p style="max-width:100%">甲</p><hr></section>'
    )
    assert broken_rules(article(fine)) == ()


@pytest.mark.parametrize(
    "content",
    [
        "<script>1</script>",
        "<style>p{}</style>",
        "<div>甲</div>",
        "<pre>甲</pre>",
        '<p class="a">甲</p>',
        '<p onclick="a()">甲</p>',
        '<a href="/">甲</a>',
        '<p style="font-family:SimSun">甲</p>',
        '<p style="color:red !important">甲</p>',
        '<p style="height:0">甲</p>',
        '<p style="text-align:start">甲</p>',
        '<p style="width:300px">甲</p>',
        '<p style="line-height:0.8">甲</p>',
        '<p style="line-height:.5em">甲</p>',
        '<p style="background:url(http://a)">甲</p>',
        "<p>甲",
        "甲</p>",
        "<!-- 注 --><p>甲</p>",
        "<section>" * 11 + "</section>" * 11,
        "<p>" + "甲" * 20_000 + "</p>",
    ],
)
def test_what_the_platform_drops_or_refuses_is_named(content):
    assert broken_rules(article(content))


@pytest.mark.parametrize(("field", "limit"), [("title", 32), ("author", 16), ("digest", 128)])
def test_lengths_count_to_the_last_character(field, limit):
    assert broken_rules(article(**{field: "字" * limit})) == ()
    assert broken_rules(article(**{field: "字" * (limit + 1)}))


def test_measures_say_what_is_over():
    over = {measure.limit for measure in measures(article("甲" * BYTES_LIMIT)) if measure.is_over}
    assert over == {19_999, BYTES_LIMIT - 1}
