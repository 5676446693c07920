import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from speeches.exporting.archive import zipped

PARTS = st.dictionaries(st.text("abc/中文.", min_size=1), st.binary(), max_size=8)


@given(PARTS, st.data())
def test_pythons_own_reader_finds_every_part_whole_and_in_order(parts, data):
    stored = frozenset(data.draw(st.sets(st.sampled_from(sorted(parts))))) if parts else frozenset()
    content = zipped(parts, stored=stored)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == list(parts)
        for entry in archive.infolist():
            assert archive.read(entry) == parts[entry.filename]
            assert (entry.compress_type == zipfile.ZIP_STORED) == (entry.filename in stored)
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
    assert zipped(parts, stored=stored) == content
