"""Pictures made on the spot."""

from io import BytesIO

from PIL import Image


def png(width: int, height: int, mode: str = "RGB") -> bytes:
    """Return a PNG of one colour."""
    output = BytesIO()
    Image.new(mode, (width, height), "teal").save(output, "PNG")
    return output.getvalue()
