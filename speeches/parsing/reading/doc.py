"""Word 97–2003 documents, by antiword where it is installed."""

import shutil
import subprocess
import tempfile

from speeches.parsing.documents import Source
from speeches.parsing.errors import UnreadableFile

_SECONDS = 20


def read(data: bytes) -> Source:
    """Return the text of a ``.doc`` file.

    Raises UnreadableFile where antiword is missing or cannot read the file.
    """
    program = shutil.which("antiword")
    if program is None:
        raise UnreadableFile(
            "这是旧版 Word 文档（.doc），本机没有安装读取它的程序："
            "请用 Word 或 WPS 另存为 .docx 后再导入。"
        )
    with tempfile.NamedTemporaryFile(suffix=".doc") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(  # noqa: S603 - a fixed program, and no shell
            [program, "-w", "0", "-m", "UTF-8.txt", file.name],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    text = done.stdout.decode("utf-8", errors="replace")
    if done.returncode or not text.strip():
        raise UnreadableFile(
            "旧版 Word 文档（.doc）读不出文字：文件可能已损坏或加密，请另存为 .docx 后再导入。"
        )
    lines = (_cells(line) for line in text.replace("\r\n", "\n").split("\n"))
    return Source("\n".join(line for line in lines if line.strip()), "doc")


def _cells(line: str) -> str:
    """A table's row, which antiword draws as ``|a|b|``, with its cells parted by tabs."""
    if len(line) > 2 and line.startswith("|") and line.endswith("|"):
        return "\t".join(cell.strip() for cell in line[1:-1].split("|"))
    return line
