"""How gunicorn runs the application behind nginx: ``gunicorn --config deploy/gunicorn.conf.py``."""

import os

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
