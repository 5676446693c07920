"""Signatures that name the speech's title: ``作题为《…》的发言``, ``以“…”为题作交流发言``."""

import re

from .typography import BLANK, HAN

TITLED_INSIDE = re.compile(
    f"[{BLANK}，,]*(?:在会上|在大会上)?(?:作了?|发表了?|做了?)?(?:题为|以)[{BLANK}]*"
    f"[《“](?P<title>[^》”]{{2,60}})[》”]"
    f"(?:为题)?[{BLANK}，,]*(?:的|作|作了|进行)?[{HAN}]{{0,4}}(?:发言|交流|讲话)"
)
"""In running text, right behind the speaker."""

TITLED = re.compile(f"{TITLED_INSIDE.pattern}[：:。]?$")
"""At the end of a signature, or alone in the line below it."""
