"""How gunicorn runs the application behind nginx: ``gunicorn --config deploy/gunicorn.conf.py``."""

import os
import shutil
from pathlib import Path

from prometheus_client.multiprocess import mark_process_dead

wsgi_app = "cppcc_cms.wsgi"
bind = os.environ.get("GUNICORN_BIND", "unix:/run/cppcc-cms/gunicorn.sock")
workers = int(os.environ.get("WEB_CONCURRENCY", "0")) or min(2 * (os.cpu_count() or 1) + 1, 9)
worker_class = "gthread"
threads = 4
timeout = 150  # seconds; setting a PDF may take 120 (speeches.exporting.pdf.TIME_LIMIT)
graceful_timeout = 30
max_requests = 2000
max_requests_jitter = 200
worker_tmp_dir = "/dev/shm"  # noqa: S108 - heartbeats in memory, as a slow disk would stop workers
control_socket_disable = True  # it would be written into the home folder
errorlog = "-"
accesslog = None  # nginx keeps it

_metrics = os.environ.get("PROMETHEUS_MULTIPROC_DIR")


def on_starting(_server):
    """Begin with an empty folder of numbers; the workers make theirs in it."""
    if _metrics:
        shutil.rmtree(_metrics, ignore_errors=True)
        Path(_metrics).mkdir(parents=True)


def child_exit(_server, worker):
    """Keep what a worker that has gone counted, and forget what it was."""
    if _metrics:
        mark_process_dead(worker.pid)
