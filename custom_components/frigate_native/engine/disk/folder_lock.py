"""Keeps two running systems out of one folder: each would delete the other's files."""

import errno
import fcntl
import logging
import os
from pathlib import Path
from typing import Final

from ..errors import FolderInUseError

_LOGGER = logging.getLogger(__name__)

_LOCKED_BY_OTHER: Final = frozenset({errno.EWOULDBLOCK, errno.EACCES})


class FolderLock:
    """A lock on a folder, across processes and within one; the system releases it when the process dies.

    The folder itself is locked, so no file is left behind. Network shares without support for locks are not locked.
    """

    def __init__(self, folder: Path, hint: str) -> None:
        """Prepare the lock. The hint tells the user what to do if the folder is in use, without a final stop."""
        self._folder = folder
        self._hint = hint
        self._handle: int | None = None

    def acquire(self) -> None:
        """Lock the folder, unless this lock holds it already.

        FolderInUseError if another lock holds it, OSError if the folder cannot be opened.
        """
        if self._handle is not None:
            return
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as err:
            if err.errno in _LOCKED_BY_OTHER:
                os.close(handle)
                raise FolderInUseError(f"{self._folder} is already in use; {self._hint}") from err
            _LOGGER.debug("%s cannot be locked: %s", self._folder, err.strerror)
        self._handle = handle

    def release(self) -> None:
        """Unlock the folder; may be called twice."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)
