from speeches.signatures import signature


def test_a_signature_joins_body_posts_and_names():
    signed = signature("青禾市政协", ["党组书记", "主席"], ["林清溪", "江小舟"])
    assert signed == "青禾市政协党组书记、主席　林清溪、江小舟"


def test_what_is_unknown_leaves_no_blank():
    assert signature("", [], ["林清溪"]) == "林清溪"
    assert signature("青禾市政协", [], []) == "青禾市政协"
    assert signature("", [], []) == ""
