"""Follows ``docs/deployment.md`` on a machine of its own, in earnest.

    unshare --mount --net --pid --fork --mount-proc --kill-child \\
        python -m tests.deploy.machine FOLDER

The accounts, folders, services and ports are those of the page. What is written to the system's
folders is laid over them (overlayfs) and gone at the end. PostgreSQL is a new cluster, nginx and
Redis are the system's. In place of others are: ``apt-get`` and ``python3 -m venv`` (the packages
and the environment are there), ``git pull``, ``sudo`` (setpriv), ``systemctl`` (``systemctl.py``).
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

from tests.deploy import page

HOST = "example.gov.cn"
CODE, DATA = Path("/srv/cppcc-cms"), Path("/var/lib/cppcc-cms")
LAID_OVER = ("etc", "var/lib", "var/log", "root", "srv", "run")
CERTIFICATE = Path("/etc/ssl/cppcc-cms/fullchain.pem")
CLUSTER = Path("/var/lib/cluster")
BARE = Path("/srv/bare")
"""Hides the package brotli, which the page does not install: packing would take minutes."""
LONGEST = 90
KEEPER = "keeper"
SUDO = """#!/bin/bash
shift; account=$1; shift
exec setpriv --reuid="$account" --regid="$account" --init-groups env HOME=/nonexistent "$@"
"""


def run(*command: str | Path, **options: object) -> str:
    """Run a program; raise with what it told where it fails."""
    outcome = subprocess.run(  # noqa: S603 - programs and pages of our own
        list(map(str, command)), capture_output=True, text=True, check=False, **options
    )
    if outcome.returncode:
        raise RuntimeError(f"{command[0]}: {outcome.stderr[-3000:]}{outcome.stdout[-1000:]}")
    return outcome.stdout


def lay_over(folder: Path) -> None:
    """Let nothing that is written reach the system's own folders."""
    run("mount", "--make-rprivate", "/")
    for name in LAID_OVER:
        upper, work = folder / name / "upper", folder / name / "work"
        upper.mkdir(parents=True)
        work.mkdir()
        layers = f"lowerdir=/{name},upperdir={upper},workdir={work}"
        run("mount", "-t", "overlay", "overlay", "-o", layers, f"/{name}")
    Path("/root").chmod(0o755)  # Python may lie there
    run("ip", "link", "set", "lo", "up")


def prepare(programs: Path) -> None:
    """Put the code, a certificate, a database server and what stands in for others in place."""
    shutil.copytree(page.ROOT, CODE, ignore=shutil.ignore_patterns(*page.KEPT_OUT))
    CERTIFICATE.parent.mkdir()
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}",
        "-keyout", CERTIFICATE.with_name("privkey.pem"), "-out", CERTIFICATE)  # fmt: skip
    with Path("/etc/hosts").open("a") as hosts:
        hosts.write(f"\n127.0.0.1 {HOST}\n")
    programs.mkdir()
    real = shutil.which("python3")
    for name, body in {
        "sudo": SUDO,
        "apt-get": "#!/bin/sh\nexit 0\n",
        "git": "#!/bin/sh\nexit 0\n",
        "python3": f'#!/bin/sh\nif [ "$1" = -m ]; then ln -s {sys.prefix} .venv; '
        f'else exec {real} "$@"; fi\n',
        "systemctl": f'#!/bin/sh\nexec {real} {page.ROOT}/tests/deploy/systemctl.py "$@"\n',
    }.items():
        (programs / name).write_text(body)
        (programs / name).chmod(0o755)
    BARE.mkdir()
    (BARE / "sitecustomize.py").write_text('import sys\nsys.modules["brotli"] = None\n')
    for left in (*Path("/run/postgresql").glob(".s.PGSQL*"), Path("/run/nginx.pid")):
        left.unlink(missing_ok=True)
    quiet = subprocess.DEVNULL
    subprocess.run(
        ["/usr/sbin/nginx"], stdout=quiet, stderr=quiet, check=True
    )  # as its package does
    CLUSTER.mkdir()
    shutil.chown(CLUSTER, "postgres", "postgres")
    postgres("initdb", "--auth=peer", "--encoding=UTF8", "--no-sync", "--pgdata", CLUSTER)


def postgres(program: str, *arguments: str | Path) -> None:
    """Call a program of the database server under its account."""
    [*_older, found] = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
    subprocess.run(  # noqa: S603 - the system's own
        [found, *arguments], user="postgres", group="postgres", extra_groups=[], cwd="/",
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True,
    )  # fmt: skip


def database(verb: str) -> None:
    """Start or stop the database server."""
    options = ["-o", "-c listen_addresses=''"] if verb == "start" else ["--mode=immediate"]
    postgres("pg_ctl", verb, "--wait", "--pgdata", CLUSTER, *options)


def follow(script: str, programs: Path) -> None:
    """Run a script of the page in one shell."""
    run("/bin/bash", "-euo", "pipefail", "-c", f"HOST={HOST}\n{script}", env=surroundings(programs))


def surroundings(programs: Path) -> dict[str, str]:
    """Return the environment of somebody who has logged in as root."""
    path = f"{programs}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    ours = {
        "PIP_NO_INDEX": "1",
        "PYTHONPATH": str(BARE),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "CURL_CA_BUNDLE": str(CERTIFICATE),
        "DJANGO_SUPERUSER_PASSWORD": secrets.token_hex(),
    }
    return {"PATH": path, "HOME": "/root", "LANG": "C.UTF-8", **ours}


def manage(programs: Path, *arguments: str) -> str:
    """Call ``manage.py`` as the page does."""
    command = ("sudo", "-u", "cppcc-cms", ".venv/bin/python", "manage.py", *arguments)
    return run(*command, cwd=CODE, env=surroundings(programs))


def ask(path: str) -> tuple[int, bytes]:
    """Return what nginx answers at ``path``."""
    context = ssl.create_default_context(cafile=str(CERTIFICATE))
    try:
        with urlopen(f"https://{HOST}{path}", timeout=120, context=context) as answer:
            return answer.status, answer.read()
    except HTTPError as error:
        return error.code, error.read()


def wait_for(is_so: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + LONGEST
    while not is_so():
        if time.monotonic() > deadline:
            logs = (file.read_text()[-1500:] for file in Path("/run/running").glob("*.log"))
            raise RuntimeError("\n".join([f"never: {what}", *logs]))
        time.sleep(0.2)


@contextmanager
def readers() -> Iterator[set[tuple[str, int]]]:
    """Ask for a page of the application and for a file again and again; give what was answered."""
    seen: set[tuple[str, int]] = set()
    is_over = threading.Event()

    def read() -> None:
        while not is_over.wait(0.3):
            for path in ("/search/?q=1", "/"):
                try:
                    seen.add((path, ask(path)[0]))
                except OSError:
                    seen.add((path, 0))

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        thread.join()


def is_ready() -> bool:
    """Whether the application says that it can work."""
    return ask("/readyz")[0] == 200


def cache() -> tuple[int, str]:
    """Return what ``/readyz`` answers, and says of the cache."""
    status, told = ask("/readyz")
    return status, json.loads(told)["cache"] if told.startswith(b"{") else ""


def with_redis(programs: Path) -> None:
    """Follow the section on Redis; then end it, and start it again."""
    env = CODE / ".env"
    [address] = {word for word in page.text().split("`") if word.startswith("CACHE_URL=redis")}
    lines = env.read_text().splitlines()
    kept = [line for line in lines if not line.startswith("CACHE_URL=")]
    env.write_text("\n".join([*kept, address, ""]))

    def server() -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        return subprocess.Popen(["redis-server", "--save", ""], stdout=quiet, cwd="/")  # noqa: S607

    redis = server()
    follow("systemctl restart cppcc-cms cppcc-cms-worker", programs)
    wait_for(lambda: cache() == (200, "ok"), "Redis is used")
    redis.kill()
    redis.wait()
    assert ask("/api/v1/speeches")[0] == 200
    wait_for(lambda: cache() == (200, "failed"), "that Redis is away is told")
    redis = server()
    wait_for(lambda: cache() == (200, "ok"), "Redis is back")
    assert ask("/api/v1/speeches")[0] == 200
    redis.kill()
    redis.wait()


def with_everything_stopped(page_of_speech: str, withdrawn: str, programs: Path) -> None:
    """The database goes and comes back, then the application goes too."""
    database("stop")
    assert ask("/readyz")[0] == 503
    assert ask(page_of_speech)[0] == 200
    database("start")
    wait_for(is_ready, "the application is ready again")
    assert ask("/search/?q=1")[0] == 200
    kind, number = "speech", withdrawn.strip("/").rpartition("/")[2]
    manage(programs, "withdraw", kind, number, "--user", KEEPER, "--reason", "试")
    wait_for(lambda: ask(withdrawn)[0] == 410, "the publisher follows again")
    wait_for(lambda: withdrawn.encode() not in ask("/sitemap-speeches-1.xml")[1], "lists follow")
    database("stop")
    follow("systemctl stop cppcc-cms cppcc-cms-publisher cppcc-cms-worker", programs)
    told = [ask(path)[0] for path in ("/", page_of_speech, withdrawn, "/search/?q=1", "/admin/")]
    assert told == [200, 200, 410, 503, 503], told
    database("start")


def main(folder: Path) -> None:
    """Follow the page, look, and take away one part after another."""
    lay_over(folder)
    programs = folder / "programs"
    prepare(programs)
    database("start")
    installation, upgrade = page.installation_and_upgrade()
    follow(page.script(installation), programs)
    wait_for(is_ready, "the application is ready")
    look, _rest = page.by_hand(installation)[-1].split("\nsudo", 1)
    follow(look, programs)
    manage(programs, "createsuperuser", "--no-input", f"--username={KEEPER}", "--email=")
    manage(programs, "seed_demo", "--speeches", "6")
    number = manage(programs, "shell", "-v0", "-c", SPEECHES).split()
    page_of_speech, withdrawn = (f"/speeches/{one}/" for one in number)
    wait_for((DATA / f"site{withdrawn}index.html").exists, "the files")
    with readers() as seen:
        follow(page.script(upgrade), programs)
        time.sleep(3)  # the last of the old workers goes
    assert seen == {("/search/?q=1", 200), ("/", 200)}, seen
    with_redis(programs)
    follow("systemctl restart cppcc-cms-publisher", programs)
    with_everything_stopped(page_of_speech, withdrawn, programs)


SPEECHES = """
from speeches.models import SpeechEdition
print(*SpeechEdition.objects.current().order_by("pk").values_list("speech_id", flat=True)[:2])
"""

if __name__ == "__main__":
    os.chdir(page.ROOT)
    main(Path(sys.argv[1]))
