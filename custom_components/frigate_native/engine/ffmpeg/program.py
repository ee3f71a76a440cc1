"""Finds the ffmpeg program and its version."""

import re
import shutil
import subprocess
from errno import ETIMEDOUT
from functools import lru_cache
from pathlib import Path
from typing import Final

DEFAULT_PROGRAM: Final = "ffmpeg"  # searched on PATH

_VERSION_S: Final = 10.0
_NEWEST: Final = 99  # for development builds, which have no release number


def find_program(name: str) -> str | None:
    """Return the path of a program given by name or path; None if it does not exist."""
    return shutil.which(name)


def major_version(path: str) -> int:
    """Return a program's major version. OSError if it does not run."""
    return _major_version(path, Path(path).stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _major_version(path: str, _changed_ns: int) -> int:
    try:
        answer = subprocess.run(  # noqa: S603  # the program that the user or Home Assistant has chosen
            [path, "-version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_VERSION_S, check=False
        )
    except subprocess.TimeoutExpired as err:
        raise OSError(ETIMEDOUT, "does not answer", path) from err
    found = re.match(r"ffmpeg version n?(\d+)\.", answer.stdout.decode(errors="replace"))
    return int(found[1]) if found else _NEWEST
