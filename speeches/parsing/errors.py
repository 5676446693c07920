"""What parsing refuses, said in words staff can act on."""


class UnreadableFile(ValueError):
    """The bytes cannot be read as text; the message (Chinese) says why and what to do."""
