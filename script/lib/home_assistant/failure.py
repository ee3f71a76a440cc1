"""What goes wrong here, in one sentence for people."""


class Failure(Exception):
    """Home Assistant could not be started or used as wanted; the text says why and needs no traceback."""
