"""The built site in one signed file, for a machine that no network leads to.

``deploy/apply_bundle.py`` describes the file and takes it over. What was exported is remembered by
version in ``STATE_ROOT``, so that the next bundle may hold only what differs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.utils.translation import gettext as _

from speeches.exceptions import SpeechesError
from speeches.files import write_whole
from speeches.publishing.trees import SiteFile, site_files

MAGIC = b"cppcc-cms bundle 1\n"


class BundleRefused(SpeechesError):
    """No bundle can be made."""


def new_key() -> tuple[str, str]:
    """Return a new private key (PEM) and its public half (Base64 of 32 bytes)."""
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return secret.decode(), base64.b64encode(key.public_key().public_bytes_raw()).decode()


def export(*, site: Path, output: Path, since: str | None) -> str:
    """Write the bundle ``output`` of the built ``site`` and return its version.

    With ``since``, an earlier version, it holds only the contents that this one lacks, and fits on
    that version alone. Raises BundleRefused without a key or for an unknown version, BuildRefused
    for a site that is not what was built.
    """
    key = _key()
    files = {file.name: file for file in site_files(site)}
    listed = {name: [file.sha256, file.size] for name, file in sorted(files.items())}
    before = {digest for digest, _size in _exported(since).values()} if since else set()
    contents: dict[str, SiteFile] = {
        file.sha256: file for file in files.values() if file.sha256 not in before
    }
    tree = hashlib.sha256(json.dumps(listed).encode()).hexdigest()
    version = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{tree[:12]}"
    header = json.dumps(
        {"version": version, "base": since, "files": listed, "contents": list(contents)},
        ensure_ascii=False,
    ).encode()
    partial = output.with_name(f".{output.name}.part")
    try:
        with partial.open("wb") as bundle:
            bundle.write(MAGIC + len(header).to_bytes(8, "big") + header + key.sign(MAGIC + header))
            for file in contents.values():
                bundle.write(file.read())
            bundle.flush()
            os.fsync(bundle.fileno())
        write_whole(_memory(version), json.dumps(listed, ensure_ascii=False).encode())
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
    return version


def _key() -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(Path(settings.BUNDLE_KEY).read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BundleRefused(
            _("BUNDLE_KEY leads to no key; make one with make_bundle_key (%(problem)s).")
            % {"problem": error}
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise BundleRefused(_("The key at BUNDLE_KEY is not an Ed25519 key."))
    return key


def _exported(version: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(_memory(version).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BundleRefused(
            _("Version “%(version)s” is not known here; make a whole bundle, without --since.")
            % {"version": version}
        ) from error
    return found


def _memory(version: str) -> Path:
    return Path(settings.STATE_ROOT, "bundles", f"{Path(version).name}.json")
