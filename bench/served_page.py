"""A published page through ``deploy/nginx.conf`` beside nginx serving the bare file.

Where there are two cores, both servers run on the first and what asks them on the last.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import wrk
from bench.comparison import Comparison
from speeches.models import SpeechEdition
from speeches.publishing.builder import build
from speeches.services import seeding
from tests import nginx

SPEECHES = 10
ROUNDS = 7
SECONDS = 2
CONNECTIONS = 16
CORES = sorted(os.sched_getaffinity(0))
_BARE = """
server {{
    listen 127.0.0.1:{{port}};
    root {site};
    gzip_static on;
}}
"""


def run() -> list[Comparison]:
    """Measure in turns by wrk; nothing where nginx or wrk is not installed."""
    if wrk.MISSING or nginx.NGINX is None:
        print("left out: nginx or wrk is not installed (apt-get install nginx-light wrk)")
        return []
    seeding.seed(speeches=SPEECHES, seed=1, tell=lambda _message: None)
    page = SpeechEdition.objects.current().order_by("pk")[0].get_absolute_url()
    with tempfile.TemporaryDirectory(prefix="cppcc-cms-bench-") as name:
        folder = Path(name)
        build(output=folder / "site", tell=print)
        bare = _BARE.format(site=folder / "site")
        with (
            _started_on(CORES[0]),
            nginx.serving(folder / "ours", nginx.deployed(folder)) as ours,
            nginx.serving(folder / "bare", bare) as peer,
        ):
            addresses = (f"{ours}{page}", f"{peer}{page}index.html")
            with _started_on(CORES[-1]):
                rounds = [
                    [
                        wrk.microseconds(one, connections=CONNECTIONS, seconds=SECONDS)
                        for one in addresses
                    ]
                    for _round in range(ROUNDS)
                ]
    ours_took, peer_took = zip(*rounds, strict=True)
    return [
        Comparison(
            title=f"A published page, gzip, {CONNECTIONS} connections",
            ours_is="deploy/nginx.conf: address, headers, limits",
            peer_is="nginx, the bare file with gzip_static",
            ours=ours_took,
            peer=peer_took,
            unit="µs a page",
        )
    ]


@contextmanager
def _started_on(core: int) -> Iterator[None]:
    """Let processes that are started meanwhile run on ``core`` alone."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
