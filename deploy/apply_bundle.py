#!/usr/bin/env python3
"""Take over a signed bundle of the public site, on a machine that has nothing but Python 3.9.

    python3 apply_bundle.py BUNDLE --target /srv/site --key bundle.key.pub

The web server serves ``TARGET/current``, a symbolic link to ``TARGET/releases/VERSION``. A bundle
is refused, with one line and 1, and nothing changes, unless its Ed25519 signature (RFC 8032) is
that of the key, it is newer than what is there, what it was made from is there, and every file has
its hash. The new folder is complete before the link is switched: readers get the old site or the
new one, also when this is cut off at any moment; run it again then.

A bundle is: the magic line; 8 bytes, the length of the header; the header, JSON; 64 bytes, the
signature of magic line and header; then the contents, one after another, in the order of
``contents``. The header has ``version``, ``base`` (a version, or null for a whole site), ``files``
(path → SHA-256 and size) and ``contents`` (the hashes of what is in the bundle; every other file
is taken from the base).
"""

import argparse
import base64
import fcntl
import hashlib
import json
import os
import re
import shutil
import stat
import sys
from pathlib import Path

MAGIC = b"cppcc-cms bundle 1\n"
LARGEST_HEADER = 256 * 1024 * 1024
CHUNK = 1024 * 1024
VERSION = re.compile(r"[0-9]{8}T[0-9]{12}Z-[0-9a-f]{12}")
DIGEST = re.compile(r"[0-9a-f]{64}")


class Refused(Exception):
    """The bundle is not taken over; the message says why."""


# Ed25519, RFC 8032 section 5.1.7. Slow (some milliseconds) and not secret: it only verifies.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
BASE_Y = 4 * pow(5, -1, P) % P


def decode_point(encoded):
    """Return the point (X, Y, Z, T) that 32 bytes stand for; None where they stand for none."""
    number = int.from_bytes(encoded, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def add(one, other):
    """Return the sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    """Return ``point`` added up ``number`` times."""
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point = add(point, point)
        number >>= 1
    return result


BASE = decode_point(BASE_Y.to_bytes(32, "little"))


def is_signed(public_key, signature, message):
    """Whether the 64 bytes ``signature`` of ``message`` were made with the key's other half."""
    if len(public_key) != 32 or len(signature) != 64:
        return False
    key, commitment = decode_point(public_key), decode_point(signature[:32])
    answer = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or answer >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + public_key + message).digest()
    left = times(answer, BASE)
    right = add(commitment, times(int.from_bytes(challenge, "little") % ORDER, key))
    return (
        not (left[0] * right[2] - right[0] * left[2]) % P
        and not (left[1] * right[2] - right[1] * left[2]) % P
    )


# The bundle


def read_header(bundle, public_key):
    """Return the header, whose signature is checked before anything of it is looked at."""
    if bundle.read(len(MAGIC)) != MAGIC:
        raise Refused("this is no bundle")
    length = int.from_bytes(bundle.read(8), "big")
    if length > LARGEST_HEADER:
        raise Refused("the header is too long")
    header = bundle.read(length)
    if not is_signed(public_key, bundle.read(64), MAGIC + header):
        raise Refused("the signature is not valid")
    return json.loads(header)


def check_header(header, current):
    """Refuse what is not newer, not made from what is there, or leads out of the folder."""
    version, base, files = header["version"], header["base"], header["files"]
    if not VERSION.fullmatch(version):
        raise Refused(f"{version!r} is no version")
    if current is not None and version <= current:
        raise Refused(f"version {version} is not newer than {current}")
    if base is not None and base != current:
        raise Refused(f"it was made from {base}, but {current or 'nothing'} is here")
    for path, (digest, size) in files.items():
        if any(part in {"", ".", ".."} for part in path.split("/")) or "\0" in path:
            raise Refused(f"{path!r} is no path of a site")
        if not DIGEST.fullmatch(digest) or not isinstance(size, int) or size < 0:
            raise Refused(f"{path!r} has no hash or size")
    known = {digest for digest, _size in files.values()}
    given = header["contents"]
    if len(set(given)) != len(given) or not known.issuperset(given):
        raise Refused("it has contents that no file needs")
    if base is None and known.difference(given):
        raise Refused("it lacks contents")


def build(bundle, header, folder, old):
    """Make the new folder: what is in the bundle, and what stays from the folder ``old``."""
    paths = {}
    sizes = {}
    for path, (digest, size) in header["files"].items():
        paths.setdefault(digest, []).append(path)
        sizes[digest] = size
    folder.mkdir(mode=0o755)
    for digest in header["contents"]:
        first, *others = paths.pop(digest)
        target = place(folder, first)
        with target.open("xb") as file:
            if copy(bundle, file, sizes[digest]) != digest:
                raise Refused(f"the content of {first!r} is not what was signed")
        target.chmod(0o644)
        for path in others:
            os.link(target, place(folder, path))
    if bundle.read(1):
        raise Refused("something follows after the end")
    for digest, unchanged in paths.items():
        for path in unchanged:
            source = old / path
            check_old(source, digest, path)
            os.link(source, place(folder, path), follow_symlinks=False)


def place(folder, path):
    """Return where ``path`` lies in ``folder``; the folders above it are made."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    return target


def check_old(source, digest, path):
    """Refuse an old file that is a link, or not what it was."""
    with os.fdopen(os.open(source, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        told = os.fstat(file.fileno())
        if not stat.S_ISREG(told.st_mode) or copy(file, None, told.st_size) != digest:
            raise Refused(f"{path!r} was changed here: ask for a whole bundle")


def copy(source, target, size):
    """Copy ``size`` bytes (into nothing where ``target`` is None); return their SHA-256."""
    digest = hashlib.sha256()
    while size:
        content = source.read(min(size, CHUNK))
        if not content:
            raise Refused("it ends too early")
        size -= len(content)
        digest.update(content)
        if target is not None:
            target.write(content)
    return digest.hexdigest()


def current_version(target):
    """Return the version that is served; None before the first."""
    link = target / "current"
    if not link.is_symlink():
        if link.exists():
            raise Refused(f"{link} is no symbolic link")
        return None
    version = link.readlink().name
    if not VERSION.fullmatch(version):
        raise Refused(f"{link} leads to no version")
    return version


def apply(bundle_path, target, public_key):
    """Take the bundle over; return its version. Raises Refused; nothing has changed then."""
    releases = target / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    building = releases / ".building"
    with (target / ".lock").open("w") as lock, bundle_path.open("rb") as bundle:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        current = current_version(target)
        header = read_header(bundle, public_key)
        check_header(header, current)
        version = header["version"]
        for left in (building, releases / version):
            shutil.rmtree(left, ignore_errors=True)
        try:
            build(bundle, header, building, releases / (current or ""))
            os.sync()
            building.rename(releases / version)
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        switch = target / ".current"
        switch.unlink(missing_ok=True)
        switch.symlink_to(Path("releases", version))
        switch.replace(target / "current")
        for old in releases.iterdir():
            if old.name not in {version, current}:
                shutil.rmtree(old, ignore_errors=True)
    return version


def main():
    """Read the arguments; end with 0 and the version, or with 1 and the reason."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--target", type=Path, required=True)
    parser.add_argument("--key", type=Path, required=True)
    told = parser.parse_args()
    try:
        public_key = base64.b64decode(told.key.read_text().split()[0], validate=True)
        print(apply(told.bundle, told.target, public_key))  # noqa: T201 - a program's answer
    except (Refused, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        sys.exit(f"refused: {error}")


if __name__ == "__main__":
    main()
