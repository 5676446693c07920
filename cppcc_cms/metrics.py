"""What a monitoring system asks for: numbers in the format of Prometheus.

With several processes ``PROMETHEUS_MULTIPROC_DIR`` (``deploy/cppcc-cms.service``) names a folder in
which all of them count; without it each process tells its own numbers.
"""

import hmac
import os
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from cppcc_cms.clients import is_within
from speeches.operations import status

_registry = CollectorRegistry()
_answers = Counter(
    "cppcc_cms_requests", "Answered requests", ["view", "method", "status"], registry=_registry
)
_seconds = Histogram(
    "cppcc_cms_request_seconds", "Time to answer", ["view"], registry=_registry,
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)  # fmt: skip
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def count(*, view: str, method: str | None, status: int, seconds: float) -> None:
    """Count an answer; the labels are names of ours, so that no reader can make new ones."""
    _answers.labels(view, method if method in _METHODS else "-", status).inc()
    _seconds.labels(view).observe(seconds)


class _Now(Collector):
    """What is true at the moment of asking, taken from the database and the disk."""

    def collect(self) -> Iterator[Metric]:
        for gauge in status.gauges():
            yield GaugeMetricFamily(f"cppcc_cms_{gauge.name}", gauge.meaning, value=gauge.value)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer those who come from METRICS_NETWORKS or bring METRICS_TOKEN; 404 to all others."""
    if not (_has_token(request) or is_within(request, settings.METRICS_NETWORKS)):
        raise Http404
    registry = _registry
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    now = CollectorRegistry()
    now.register(_Now())
    content = generate_latest(registry) + generate_latest(now)
    return HttpResponse(content, content_type=CONTENT_TYPE_LATEST)


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").encode()
    wanted = f"Bearer {settings.METRICS_TOKEN}".encode()
    return bool(settings.METRICS_TOKEN) and hmac.compare_digest(given, wanted)
