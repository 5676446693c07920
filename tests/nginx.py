"""A real nginx with ``deploy/nginx.conf``, on 127.0.0.1 and in a folder of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEPLOY = Path(__file__).parent.parent / "deploy"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
MISSING = "nginx is not installed (apt-get install nginx-light)"
STARTING_SECONDS = 10
_MAIN = """
{user}
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {site}
}}
"""


@contextmanager
def serving(folder: Path, site: str) -> Iterator[str]:
    """Run nginx with the configuration ``site`` of its http block; give the address it answers at.

    ``{port}`` in ``site`` becomes the port.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    main = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""  # folders of tests are for their owner alone
    main.write_text(_MAIN.format(folder=folder, user=user, site=site.replace("{port}", str(port))))
    process = subprocess.Popen(  # noqa: S603 - our own configuration, no shell
        [str(NGINX), "-c", str(main), "-p", str(folder), "-e", str(folder / "error.log")]
    )
    try:
        _wait_for(port, process, folder)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(STARTING_SECONDS)


def deployed(data: Path, application: str = "") -> str:
    """Return ``deploy/nginx.conf`` for the site in ``data / "site"``, without TLS.

    ``application`` is the socket or address of gunicorn; nothing answers there by default.
    """
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    http, secure = text.split("server {\n    listen 80;", 1)
    secure = secure[secure.index("server {\n    listen 443") :]
    text = http + secure
    text = re.sub(r"^ +(ssl_|listen \[).*\n", "", text, flags=re.MULTILINE)
    for old, new in (
        ("listen 443 ssl http2;", "listen 127.0.0.1:{port};"),
        ("unix:/run/cppcc-cms/gunicorn.sock", application or f"unix:{data}/nobody.sock"),
        ("/var/lib/cppcc-cms", str(data)),
        ("include cppcc-cms/", f"include {DEPLOY}/"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return text


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    raise RuntimeError((folder / "error.log").read_text())
