"""Newspaper pages of 60 speeches beside the plain PDF of the same speeches.

No other program at hand balances columns speech by speech, so the peer is our own simpler form.
"""

from collections.abc import Callable, Iterator

from bench.comparison import Comparison
from bench.docx_export import SPEECHES, invented_digest
from bench.processes import cpu
from speeches.exporting import newspaper, pdf

ROUNDS = 5


def run() -> Iterator[Comparison]:
    """Measure, the compiler's own process with it."""
    document = invented_digest()
    forms = (newspaper.EXPORTER, pdf.EXPORTER)
    rounds = [[_cpu_of(lambda f=form: f.render(document)) for form in forms] for _ in range(ROUNDS)]
    ours, peer = zip(*rounds, strict=True)
    yield Comparison(
        title=f"Newspaper pages of {SPEECHES} speeches",
        ours_is="every speech measured, rows chosen, columns balanced",
        peer_is="the PDF digest on A4, with contents",
        ours=ours,
        peer=peer,
    )


def _cpu_of(work: Callable[[], object]) -> float:
    before = cpu()
    work()
    return cpu() - before
