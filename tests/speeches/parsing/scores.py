"""``make scores``: the scorer's table of what the parser reads of the evaluation texts."""

import json
import sys
import tempfile
from pathlib import Path

from speeches.parsing import digest_to_json, parse_digest, read_text
from tests.speeches.parsing import evaluation


def main() -> int:
    """Read every text, print the table, end 1 where a character was lost or invented."""
    if not evaluation.TEXTS:
        sys.stdout.write(f"no texts in {evaluation.FOLDER} (EVAL_DIR)\n")
        return 0
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        for stem in evaluation.TEXTS:
            digest = parse_digest(read_text(evaluation.text_of(stem)))
            data = json.dumps(digest_to_json(digest), ensure_ascii=False)
            (Path(folder) / f"{stem}.json").write_text(data, encoding="utf-8")
            if digest.lost or digest.invented:
                faults.append(f"{stem}: lost “{digest.lost}”, invented “{digest.invented}”\n")
        evaluation.load_scorer().main(["--batch", folder, str(evaluation.FOLDER / "gold")])
    sys.stdout.write("".join(faults) or "lost and invented: empty in every file\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
