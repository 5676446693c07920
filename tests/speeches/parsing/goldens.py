"""The golden cases of ``tests/data/digests``: a small digest each, and what is read of it.

``make goldens`` writes what the parser reads today; look at every difference before it is
committed: the files say what is right, not what happens.
"""

import json
from pathlib import Path
from typing import Any

from speeches.parsing import digest_to_json, find_candidates, parse_digest, read_text
from speeches.parsing.documents import Fragment, ParsedDigest, ParsedSpeech

FOLDER = Path(__file__).resolve().parents[2] / "data" / "digests"
CASES = sorted(path.stem for path in FOLDER.glob("*.txt"))
_SHOWN = 12


def source(name: str) -> str:
    """Return the text of a case."""
    return read_text((FOLDER / f"{name}.txt").read_bytes())


def expected(name: str) -> dict[str, Any]:
    """Return what is to be read of a case."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def readable(digest: ParsedDigest) -> dict[str, Any]:
    """A digest as short plain data: a line a figure, fragment and warning; nothing empty."""
    data = digest_to_json(digest)
    for speech, parsed in zip(data["speeches"], digest.speeches, strict=True):
        speech["figures"] = [_figure(figure) for figure in speech["figures"]]
        speech["columns"] = _columns(parsed)
        speech["work"] = _work(parsed)
        speech["confidence"] = round(parsed.confidence, 1) if parsed.reordered else None
    data["speeches"] = [_filled(speech) for speech in data["speeches"]]
    data["warnings"] = [_warning(warning) for warning in data["warnings"]]
    return _filled(data)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def _figure(figure: dict[str, Any]) -> str:
    """``1:12-19 提交提案19件 | = 19 件 [19] | 提案 | result``: as printed and read."""
    signs = {"exact": "=", "about": "≈"}
    low, high = figure["low"], figure["high"]
    bounds = f"{low}" if low == high else f"{low}..{high}"
    place = f"{figure['paragraph']}:{figure['start']}-{figure['end']}"
    sign = signs.get(figure["bound"], figure["bound"])
    value = f"{figure['value']} {figure['unit']}"
    return (
        f"{place} {figure['text']} | {sign} {value} [{bounds}] | {figure['object']} | "
        f"{figure['claim']}"
    )


def _work(speech: ParsedSpeech) -> list[str]:
    """The candidates of highlighted work: ``1 聚焦饮水难 [民生、协商] figures 0 1``."""
    return [
        f"{found.paragraph} {found.title} [{'、'.join(found.tags)}] "
        f"figures {' '.join(map(str, found.figures))}"
        for found in find_candidates(speech.paragraphs, speech.figures)
    ]


def _columns(speech: ParsedSpeech) -> list[str]:
    """The fragments of a reordered speech in reading order, each with why it stands there."""
    return [_column(fragment) for fragment in speech.fragments] if speech.reordered else []


def _column(fragment: Fragment) -> str:
    text = fragment.text.replace("\n", "")
    ends = text if len(text) <= 2 * _SHOWN else f"{text[:_SHOWN]}…{text[-_SHOWN:]}"
    return f"{ends}（{'移动：' + '；'.join(fragment.evidence) if fragment.moved else '未动'}）"


def _warning(warning: dict[str, Any]) -> str:
    place = f" {warning['speech']}" if warning["speech"] else ""
    return f"{warning['code']}{place}: {warning['message']}"


def main() -> None:
    """Write what is read of every case."""
    for name in CASES:
        text = json.dumps(readable(parse_digest(source(name))), ensure_ascii=False, indent=2)
        (FOLDER / f"{name}.json").write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
