"""JSON lines on stdout."""

import json
import os
import sys


class ReaderGone(Exception):
    """The reader of stdout is gone."""


def print_line(kind: str, **members: object) -> None:
    """Print one line at once. Raises ReaderGone."""
    try:
        print(json.dumps({"type": kind} | members), flush=True)
    except BrokenPipeError as err:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # prevents an error message when Python exits
        raise ReaderGone from err
