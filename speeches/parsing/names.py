"""The names in a signature: several in one line, printed with blanks, with annotations."""

import re

from .typography import BLANK, HAN
from .vocabulary import ANNOTATION, POST_WORD, is_known_name

_SPACED_NAME = re.compile(
    f"(?:^|(?<=[{BLANK}、，]))([{HAN}])[{BLANK}]+([{HAN}])(?:[{BLANK}]+([{HAN}]))?(?=$|[{BLANK}、，：:（(])"
)
_GLUED_SPACED_NAME = re.compile(
    f"^(?P<unit>[^{BLANK}]{{3,}})([{HAN}])[{BLANK}]+([{HAN}])(?:[{BLANK}]+([{HAN}]))?$"
)
_PLAIN_NAME = re.compile(rf"^[{HAN}]{{2,6}}$")


def split_names(text: str) -> tuple[str, ...]:
    """``林珊``, ``王志刚、黄卫``, ``张三 李四``, ``甲和乙``; empty where a part is no name."""
    cleaned = _SPACED_NAME.sub(r"\1\2\3", ANNOTATION.sub(" ", text).strip())
    parts = [
        part for part in re.split(f"[、，,；;{BLANK}]+|和(?=[{HAN}]{{2,4}}$)", cleaned) if part
    ]
    if len(parts) == 1 and not is_known_name(parts[0]) and not is_plain_name(parts[0]):
        return ()
    if len(parts) > 1 and not all(map(is_known_name, parts)):
        return ()
    if any(POST_WORD.search(part) for part in parts):
        return ()
    return tuple(parts)


def close_spaced_name(core: str) -> str:
    """``罗 明 川`` → ``罗明川``, also where the name is glued to a post (``书记张　强``)."""
    core = _SPACED_NAME.sub(r"\1\2\3", core)
    glued = _GLUED_SPACED_NAME.match(core)
    if glued and POST_WORD.search(glued["unit"]):
        return "".join(filter(None, glued.groups()))
    return core


def is_plain_name(name: str) -> bool:
    """Whether it could be a name, known or not: two to six Chinese characters."""
    return _PLAIN_NAME.match(name) is not None
