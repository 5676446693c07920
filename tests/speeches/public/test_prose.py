from speeches.public.prose import embedded


def test_anchors_of_an_embedded_text_get_a_prefix_and_headings_go_down():
    html = '<h2 id="p1" class="text-center">一</h2>\n<p id="p2">1<br>2</p><h4 id="p3">三</h4>'
    assert embedded(html, prefix="s7-") == (
        '<h3 id="s7-p1" class="text-center">一</h3>\n<p id="s7-p2">1<br>2</p><h5 id="s7-p3">三</h5>'
    )


def test_words_that_look_like_markup_stay():
    html = '<p id="p1">h2 id="p9" &lt;h3&gt;</p>'
    assert embedded(html, prefix="s7-") == '<p id="s7-p1">h2 id="p9" &lt;h3&gt;</p>'
