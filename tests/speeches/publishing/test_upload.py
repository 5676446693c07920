"""The built site in the storage of a local S3 server."""

import gzip
from types import SimpleNamespace

import boto3
import pytest
from django.core.management import CommandError, call_command
from moto.server import ThreadedMotoServer

from speeches.publishing import trees, upload
from speeches.publishing.manifest import digest_of


@pytest.fixture(scope="module")
def storage():
    """A server that speaks S3, and its address."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(storage, settings, monkeypatch):
    """An empty bucket, named in the settings."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    settings.SITE_BUCKET = "site"
    settings.SITE_BUCKET_ENDPOINT = storage
    settings.SITE_BUCKET_REGION = "us-east-1"
    found = boto3.resource("s3", endpoint_url=storage, region_name="us-east-1").Bucket("site")
    found.create()
    yield found
    found.objects.all().delete()
    found.delete()


@pytest.fixture
def send(tmp_path, monkeypatch, capsys):
    """Publish files and upload them; return what was told and the keys written, in order."""

    def run(files, twins=()):
        site = tmp_path / "site"
        for path, content in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_bytes(content)
            if path in twins:
                (site / f"{path}.gz").write_bytes(gzip.compress(content, mtime=0))
        manifest = SimpleNamespace(files={name: digest_of(files[name]) for name in files})
        monkeypatch.setattr(trees.Manifest, "read", lambda _folder: manifest)
        capsys.readouterr()
        call_command("upload_site", site=site, verbosity=2)
        told = capsys.readouterr()
        return told.out.strip(), told.err.split()

    return run


FILES = {
    "index.html": b"<p>home</p>",
    "speeches/1/index.html": b"<p>one</p>",
    "speeches/2/index.html": b"<p>two</p>",
    "feed/index.xml": b"<feed/>",
    "static/css/public.0123456789ab.css": b"p {}",
    "media/a.jpg": b"jpeg",
    ".well-known/security.txt": b"Contact:",
    ".gone/speeches/3/gone": b"",
}


def test_objects_have_the_headers_of_the_pages(bucket, send):
    send(FILES, twins={"index.html"})
    assert {item.key for item in bucket.objects.all()} == FILES.keys() - {".gone/speeches/3/gone"}
    home = bucket.Object("index.html").get()
    assert home["ContentType"] == "text/html; charset=utf-8"
    assert home["ContentEncoding"] == "gzip"
    assert home["CacheControl"] == upload.ASKED_ANEW
    assert gzip.decompress(home["Body"].read()) == FILES["index.html"]
    page = bucket.Object("speeches/1/index.html").get()
    assert ("ContentEncoding" in page, page["Body"].read()) == (False, b"<p>one</p>")
    style = bucket.Object("static/css/public.0123456789ab.css").get()
    assert style["CacheControl"] == upload.KEPT_FOR_EVER
    assert bucket.Object("feed/index.xml").content_type == "application/atom+xml; charset=utf-8"
    assert bucket.Object("media/a.jpg").content_type == "image/jpeg"


def test_only_what_differs_travels_and_readers_meet_no_gap(bucket, send, monkeypatch):
    send(FILES)
    assert "7" in send(FILES)[0]
    assert send(FILES)[1] == []
    later = {
        **FILES,
        "index.html": b"<p>home, with three</p>",
        "speeches/3/index.html": b"<p>three</p>",
        "media/b.jpg": b"another",
    }
    del later["speeches/2/index.html"]
    seen = []
    bucket_of = upload.bucket

    def watched():
        found = bucket_of()
        delete = found.delete_objects
        found.delete_objects = lambda **named: (seen.append(keys(bucket)), delete(**named))[1]
        return found

    monkeypatch.setattr(upload, "bucket", watched)
    told, written = send(later)
    assert written == ["media/b.jpg", "speeches/3/index.html", "index.html"]
    assert seen[0] >= {"speeches/2/index.html", "speeches/3/index.html"}
    assert keys(bucket) == later.keys() - {".gone/speeches/3/gone"}
    assert told == "写入 3 个对象，删除 1 个，5 个未变。"


def keys(bucket):
    return {item.key for item in bucket.objects.all()}


def test_what_somebody_changed_there_is_put_right(bucket, send):
    send(FILES)
    bucket.put_object(Key="index.html", Body=b"forged")
    bucket.put_object(Key="evil.html", Body=b"forged")
    assert send(FILES)[1] == ["index.html"]
    assert "evil.html" not in keys(bucket)


def test_a_storage_that_refuses_is_told(bucket, send, settings):
    settings.SITE_BUCKET = "no-such-bucket"
    with pytest.raises(CommandError, match="NoSuchBucket"):
        send(FILES)
    settings.SITE_BUCKET = ""
    with pytest.raises(CommandError, match="SITE_BUCKET"):
        send(FILES)
