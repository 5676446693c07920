from speeches.publishing.links import links_in


def found(text, media_type):
    return set(links_in(text.encode(), media_type))


def test_a_page_links_by_anchors_pictures_scripts_and_styles_but_not_forms():
    page = """<!doctype html><html><head><link rel="stylesheet" href="/a.css"></head><body>
    <a href="/b/">乙</a><img src="/c.png" alt=""><script src="/d.js"></script>
    <form action="/search/"></form></body></html>"""
    assert found(page, "text/html") == {"/a.css", "/b/", "/c.png", "/d.js"}


def test_a_style_sheet_links_by_url_and_import():
    style = """@import "base.css"; a { background: url( '../img/a.svg' ) } b{c:url(d.png)}"""
    assert found(style, "text/css") == {"base.css", "../img/a.svg", "d.png"}


def test_a_site_map_and_a_feed_link_by_loc_and_link():
    sitemap = '<urlset xmlns="http://s"><url><loc> https://a/b </loc></url></urlset>'
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://a/c"/></feed>'
    assert found(sitemap, "application/xml") == {"https://a/b"}
    assert found(feed, "application/atom+xml") == {"https://a/c"}


def test_an_entity_of_an_xml_file_is_never_fetched():
    hostile = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a><loc>x&e;</loc></a>'
    assert found(hostile, "application/xml") == {"x"}


def test_a_picture_holds_no_links():
    assert found('<a href="/b/">', "image/svg+xml-not") == set()
    assert found("url(x)", "text/plain") == set()
