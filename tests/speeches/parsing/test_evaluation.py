"""Scores on the evaluation texts, where they are present (environment variable EVAL_DIR)."""

import pytest

from speeches.parsing import digest_to_json, parse_digest, read_text
from tests.speeches.parsing import evaluation

EXACT = ("count_match", "title", "speaker", "org+posts", "order_lcs", "order_tau", "para_f1")

pytestmark = pytest.mark.skipif(
    not evaluation.TEXTS, reason="the evaluation texts are not here (EVAL_DIR)"
)


@pytest.fixture(scope="module")
def scorer():
    return evaluation.load_scorer()


@pytest.mark.parametrize("stem", evaluation.TEXTS)
def test_evaluation_texts_are_read_without_a_fault(scorer, stem):
    parsed = parse_digest(read_text(evaluation.text_of(stem)))
    totals, _ = scorer.score(digest_to_json(parsed), evaluation.gold_of(stem))
    assert (parsed.lost, parsed.invented) == ("", "")
    assert {name: totals[name] for name in EXACT} == dict.fromkeys(EXACT, 1.0)
    assert totals["fig_p"] >= 0.95
    assert totals["fig_r"] >= 0.95
