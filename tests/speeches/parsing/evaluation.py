"""The evaluation texts and their scorer, where they are present (environment variable EVAL_DIR)."""

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("EVAL_DIR", ROOT.parent / "shared" / "eval"))
TEXTS = sorted(path.stem for path in FOLDER.glob("texts/*.txt"))


def load_scorer() -> ModuleType:
    """Return the scorer that lies beside the texts."""
    spec = importlib.util.spec_from_file_location("score", FOLDER / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(FOLDER / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def text_of(stem: str) -> bytes:
    """Return a text's file."""
    return (FOLDER / "texts" / f"{stem}.txt").read_bytes()


def gold_of(stem: str) -> dict[str, Any]:
    """Return what is to be read of a text."""
    return json.loads((FOLDER / "gold" / f"{stem}.json").read_text(encoding="utf-8"))
