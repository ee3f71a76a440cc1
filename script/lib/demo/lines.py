"""JSON lines on stdout, for whoever reads them."""

import json
import os
import sys


class ReaderGone(Exception):
    """Nobody reads stdout any more."""


def print_line(kind: str, **members: object) -> None:
    """Print one line at once. Raises ReaderGone."""
    try:
        print(json.dumps({"type": kind} | members), flush=True)
    except BrokenPipeError as err:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it ends
        raise ReaderGone from err
