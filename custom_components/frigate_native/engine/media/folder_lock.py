"""Keeps two running systems out of one cache folder: each would delete the other's segments."""

import errno
import fcntl
import logging
import os
from pathlib import Path
from typing import Final

from ..errors import FolderInUseError

_LOGGER = logging.getLogger(__name__)

_TAKEN: Final = frozenset({errno.EWOULDBLOCK, errno.EACCES})


class FolderClaim:
    """A lock on a folder, among processes and within one; the system takes it back when a process dies.

    It is the folder that is locked, so no file is left behind. Network shares that know no such locks go without.
    """

    def __init__(self, folder: Path) -> None:
        """Prepare, claim nothing."""
        self._folder = folder
        self._handle: int | None = None

    def take(self) -> None:
        """Claim the folder, unless that was done before; FolderInUseError when somebody else has it."""
        if self._handle is not None:
            return
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            if err.errno in _TAKEN:
                os.close(handle)
                raise FolderInUseError(
                    f"{self._folder} is in use by another running Frigate; stop that, or give one of them another"
                    " media folder"
                ) from err
            _LOGGER.debug("%s cannot be locked: %s", self._folder, err.strerror)
        self._handle = handle

    def release(self) -> None:
        """Give the folder free; may be called twice."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)
