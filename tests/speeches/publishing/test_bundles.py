"""Bundles: made inside, taken over outside by a program that has only Python."""

import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings as project_settings
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from speeches.publishing import trees
from speeches.publishing.manifest import digest_of
from tests import faults

PROGRAM = Path(project_settings.BASE_DIR, "deploy", "apply_bundle.py")
_spec = importlib.util.spec_from_file_location("apply_bundle", PROGRAM)
outside = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(outside)

OLD = {"index.html": b"old", "a/index.html": b"page a", "gone/index.html": b"x", "twin": b"old"}
NEW = {"index.html": b"new", "a/index.html": b"page a", "b/index.html": b"page b", "twin": b"new"}

KILL_AT_EVENT = """
import os, runpy, signal, sys
left, begun = int(sys.argv.pop(1)), False
def count(event, arguments):
    global left, begun
    begun = begun or event == "fcntl.flock"
    left -= begun
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
program = sys.argv[1]
sys.argv = sys.argv[1:]
sys.addaudithook(count)
runpy.run_path(program, run_name="__main__")
"""
"""Ends the program without warning at its n-th step that the operating system sees."""


@pytest.fixture
def office(settings, tmp_path, monkeypatch):
    """Return a function that publishes files and exports them; its key is in the settings."""
    settings.STATE_ROOT = tmp_path / "state"
    settings.BUNDLE_KEY = str(tmp_path / "bundle.key")
    call_command("make_bundle_key", output=tmp_path / "bundle.key")
    site = tmp_path / "site"

    def export(files, since=None, name="bundle"):
        shutil.rmtree(site, ignore_errors=True)
        for path, content in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)
        listed = {path: digest_of(content) for path, content in files.items()}
        manifest = SimpleNamespace(files=listed)
        monkeypatch.setattr(trees.Manifest, "read", lambda _folder: manifest)
        target = tmp_path / name
        call_command("export_bundle", output=target, site=site, since=since)
        return target, header_of(target)["version"]

    return export


def header_of(bundle):
    content = bundle.read_bytes()[len(outside.MAGIC) :]
    length = int.from_bytes(content[:8], "big")
    return json.loads(content[8 : 8 + length])


@pytest.fixture
def take_over(tmp_path):
    """Run the program as the machine outside does; return what it ended with and told."""

    def run(bundle, key="bundle.key.pub", before=()):
        command = [*before, PROGRAM, bundle, "--target", tmp_path / "out", "--key", tmp_path / key]
        return subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", *map(str, command)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


def served(tmp_path):
    root = tmp_path / "out" / "current"
    found = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def test_a_whole_site_and_then_what_changed(office, take_over, tmp_path, capsys):
    whole, version = office(OLD)
    assert take_over(whole).stdout.strip() == version
    assert served(tmp_path) == OLD
    change, later = office(NEW, since=version)
    assert b"page a" not in change.read_bytes()
    assert len(header_of(change)["contents"]) == 2
    assert take_over(change).stdout.strip() == later
    assert served(tmp_path) == NEW
    assert len(list((tmp_path / "out/releases").iterdir())) == 2


def test_the_compressed_twin_goes_along(office, take_over, tmp_path, monkeypatch):
    packed = gzip.compress(b"new")
    bundle, _version = office({"index.html": b"new"})
    (tmp_path / "site/index.html.gz").write_bytes(packed)
    call_command("export_bundle", output=bundle, site=tmp_path / "site")
    take_over(bundle)
    assert served(tmp_path) == {"index.html": b"new", "index.html.gz": packed}
    (tmp_path / "site/index.html.gz").write_bytes(gzip.compress(b"forged"))
    with pytest.raises(CommandError, match=r"index\.html\.gz"):
        call_command("export_bundle", output=bundle, site=tmp_path / "site")


def test_without_room_nothing_is_exported_or_taken_over_and_nothing_stays_behind(
    office, take_over, tmp_path
):
    heavy = {"index.html": b"new", **{f"{number}": os.urandom(90_000) for number in range(20)}}
    whole, version = office(OLD)
    with faults.disk(tmp_path / "out", 4) as out:
        assert take_over(whole).stdout.strip() == version
        with faults.full(out, but=0), pytest.raises(CommandError, match="No space left"):
            office(heavy, name="out/bundle")
        assert sorted(path.name for path in out.iterdir()) == [".lock", "current", "releases"]
        change, later = office(heavy)
        for left in (0, 65_536, 1_000_000):
            with faults.full(out, but=left):
                outcome = take_over(change)
            assert outcome.returncode == 1
            assert "No space left" in outcome.stderr
            assert served(tmp_path) == OLD
            assert [path.name for path in (out / "releases").iterdir()] == [version]
        with faults.read_only(out):
            assert "Read-only" in take_over(change).stderr
        assert served(tmp_path) == OLD
        assert take_over(change).stdout.strip() == later
        assert served(tmp_path) == heavy


def test_a_changed_site_is_not_exported(office, tmp_path):
    bundle, _version = office(OLD)
    before = bundle.read_bytes()
    (tmp_path / "site/index.html").write_bytes(b"forged")
    with pytest.raises(CommandError, match=r"index\.html"):
        call_command("export_bundle", output=bundle, site=tmp_path / "site")
    assert bundle.read_bytes() == before


def signed(tmp_path, after, changes):
    """Write a bundle with a valid signature and any header, as only an insider could."""
    header = {"version": "20990101T000000000000Z-000000000000", "base": None, "files": {}}
    text = json.dumps({**header, "contents": [], **changes}).encode()
    key = serialization.load_pem_private_key((tmp_path / "bundle.key").read_bytes(), None)
    signature = key.sign(outside.MAGIC + text)
    bundle = tmp_path / "forged"
    bundle.write_bytes(outside.MAGIC + len(text).to_bytes(8, "big") + text + signature + after)
    return bundle


ZERO, EMPTY = "0" * 64, digest_of(b"")


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        ({"files": {"../evil": [EMPTY, 0]}, "contents": [EMPTY]}, b""),
        ({"files": {"/etc/evil": [EMPTY, 0]}, "contents": [EMPTY]}, b""),
        ({"files": {"a/./b": [EMPTY, 0]}, "contents": [EMPTY]}, b""),
        ({"files": {"a": [EMPTY, 0], "a/b": [EMPTY, 0]}, "contents": [EMPTY]}, b""),
        ({"files": {"a": [EMPTY, -1]}, "contents": [EMPTY]}, b""),
        ({"files": {"a": [ZERO, 1]}, "contents": [ZERO]}, b"x"),
        ({"files": {"a": [EMPTY, 0]}, "contents": []}, b""),
        ({"files": {}, "contents": [EMPTY]}, b""),
        ({"files": {"a": [digest_of(b"x"), 1]}, "contents": [digest_of(b"x")]}, b""),
        ({}, b"more"),
        ({"version": "../../evil"}, b""),
        ({"version": "20000101T000000000000Z-000000000000"}, b""),
        ({"base": "20000101T000000000000Z-000000000000"}, b""),
        ({"files": None}, b""),
    ],
)
def test_even_with_a_signature_nothing_else_is_taken(office, take_over, tmp_path, changes, after):
    take_over(office(OLD)[0])
    outcome = take_over(signed(tmp_path, after, changes))
    assert outcome.returncode == 1
    assert outcome.stderr.startswith("refused: ")
    assert served(tmp_path) == OLD
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        ".lock",
        "current",
        "releases",
    ]
    assert not (tmp_path / "out/releases/.building").exists()


@pytest.mark.parametrize("place", [0, 30, 120, -1])
def test_a_single_changed_bit_is_refused(office, take_over, tmp_path, place):
    bundle, _version = office(OLD)
    content = bytearray(bundle.read_bytes())
    content[place] ^= 1
    bundle.write_bytes(content)
    outcome = take_over(bundle)
    assert (outcome.returncode, served(tmp_path)) == (1, {})


def test_another_key_an_old_bundle_and_a_changed_base_are_refused(office, take_over, tmp_path):
    whole, version = office(OLD)
    call_command("make_bundle_key", output=tmp_path / "other.key")
    assert "signature" in take_over(whole, key="other.key.pub").stderr
    take_over(whole)
    assert "not newer" in take_over(whole).stderr
    change, _later = office(NEW, since=version, name="change")
    page = tmp_path / f"out/releases/{version}/a/index.html"
    page.write_bytes(b"forged")
    assert "was changed here" in take_over(change).stderr
    page.unlink()
    page.symlink_to("/etc/hostname")
    assert take_over(change).returncode == 1
    assert (tmp_path / "out/current").readlink().name == version


def test_an_unknown_version_and_a_missing_key_are_told(office, settings, tmp_path):
    with pytest.raises(CommandError, match="20000101T0"):
        office(OLD, since="20000101T000000000000Z-000000000000")
    settings.BUNDLE_KEY = str(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="make_bundle_key"):
        office(OLD)


def test_killed_at_any_step_readers_have_the_old_site_or_the_new(office, take_over, tmp_path):
    whole, version = office(OLD)
    take_over(whole)
    change, _later = office(NEW, since=version)
    shutil.copytree(tmp_path / "out", tmp_path / "before", symlinks=True)
    killer = tmp_path / "kill.py"
    killer.write_text(KILL_AT_EVENT)
    step, stride = 1, 1 if os.environ.get("KILL_POINTS") == "all" else 9
    seen = set()
    while True:
        outcome = take_over(change, before=(killer, str(step)))
        now = served(tmp_path)
        assert now in (OLD, NEW)
        seen.add(now == NEW)
        if outcome.returncode == 0:
            break
        assert outcome.returncode == -9
        if now == OLD:
            assert take_over(change).returncode == 0
            assert served(tmp_path) == NEW
        shutil.rmtree(tmp_path / "out")
        shutil.copytree(tmp_path / "before", tmp_path / "out", symlinks=True)
        step += stride
    assert seen == {True, False}


KEYS = st.binary(min_size=32, max_size=32)


@given(seed=KEYS, message=st.binary(max_size=200))
@examples(max_examples=15, deadline=None)
def test_what_cryptography_signs_is_signed(seed, message):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes_raw()
    assert outside.is_signed(public, key.sign(message), message)
    assert not outside.is_signed(public, key.sign(message), message + b"x")


@given(
    seed=KEYS,
    place=st.integers(0, 63),
    mask=st.integers(1, 255),
    grown=st.booleans(),
    public_place=st.none() | st.integers(0, 31),
)
@examples(max_examples=40, deadline=None)
def test_what_cryptography_refuses_is_refused(seed, place, mask, grown, public_place):
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = bytearray(key.public_key().public_bytes_raw())
    signature = bytearray(key.sign(b"m"))
    if grown:  # the same answer modulo the order of the group: a malleable signature
        answer = int.from_bytes(signature[32:], "little") + outside.ORDER
        signature[32:] = (answer % 2**256).to_bytes(32, "little")
    elif public_place is None:
        signature[place] ^= mask
    else:
        public[public_place] ^= mask
    assert not outside.is_signed(bytes(public), bytes(signature), b"m")
    with pytest.raises((InvalidSignature, ValueError)):
        Ed25519PublicKey.from_public_bytes(bytes(public)).verify(bytes(signature), b"m")


def test_the_vector_of_the_standard_holds():
    """RFC 8032, section 7.1, test 2."""
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert outside.is_signed(public, signature, b"\x72")
    assert not outside.is_signed(public, signature, b"\x73")
