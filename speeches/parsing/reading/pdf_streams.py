"""A look at the packed streams of a PDF before anything opens it: no page may blow up.

PDFium unpacks a page's content whole: a file of one kilobyte can cost it a gigabyte. Pictures may
be large, for they are never unpacked for their text.
"""

import re
import zlib

MAX_STREAM = 32 * 1024 * 1024
"""Bytes that one stream of text or drawing may have unpacked; a newspaper page has one or two."""
MAX_STREAMS = 192 * 1024 * 1024
"""The same for all streams together."""
_STREAM = re.compile(rb"stream\r?\n")
_HEAD = 1024
_PICTURE = re.compile(rb"/Subtype\s*/Image|/Length1\b|/FontFile")
_PACKED = 64 * 1024
_UNPACKED = 1024 * 1024


def blows_up(data: bytes) -> bool:
    """Whether a stream of a PDF, or all of them, unpack beyond the limits."""
    total = 0
    for match in _STREAM.finditer(data):
        head = data[max(0, match.start() - _HEAD) : match.start()]
        head = head[head.rfind(b" obj") :]
        if b"FlateDecode" not in head or _PICTURE.search(head):
            continue
        total += _unpacked_size(data, match.end())
        if total > MAX_STREAMS:
            return True
    return False


def _unpacked_size(data: bytes, start: int) -> int:
    """Bytes that the stream at ``start`` unpacks to; one too large counts as all that may be."""
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while start < len(data) and not unpacker.eof:
            packed = data[start : start + _PACKED]
            start += _PACKED
            while packed:
                size += len(unpacker.decompress(packed, _UNPACKED))
                packed = unpacker.unconsumed_tail
                if size > MAX_STREAM:
                    return MAX_STREAMS + 1
    except zlib.error:
        return size
    return size
