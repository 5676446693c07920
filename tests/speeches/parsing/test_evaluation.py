"""Scores on the evaluation texts, where they are present (environment variable EVAL_DIR)."""

import importlib.util
import json
import os
from pathlib import Path

import pytest

from speeches.parsing import digest_to_json, parse_digest, read_text

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("EVAL_DIR", ROOT.parent / "shared" / "eval"))
TEXTS = sorted(path.stem for path in FOLDER.glob("texts/*.txt"))
EXACT = ("count_match", "title", "speaker", "org+posts", "order_lcs", "order_tau", "para_f1")

pytestmark = pytest.mark.skipif(not TEXTS, reason="the evaluation texts are not here (EVAL_DIR)")


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("score", FOLDER / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("stem", TEXTS)
def test_evaluation_texts_are_read_without_a_fault(scorer, stem):
    parsed = parse_digest(read_text((FOLDER / "texts" / f"{stem}.txt").read_bytes()))
    gold = json.loads((FOLDER / "gold" / f"{stem}.json").read_text(encoding="utf-8"))
    totals, _ = scorer.score(digest_to_json(parsed), gold)
    assert (parsed.lost, parsed.invented) == ("", "")
    assert {name: totals[name] for name in EXACT} == dict.fromkeys(EXACT, 1.0)
    assert totals["fig_p"] >= 0.95
    assert totals["fig_r"] >= 0.95
