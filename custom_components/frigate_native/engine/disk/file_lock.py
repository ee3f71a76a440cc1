"""Keeps two running systems out of one file: each would end the other's work."""

import errno
import fcntl
import os
from pathlib import Path
from typing import Final

_LOCKED_BY_OTHER: Final = frozenset({errno.EWOULDBLOCK, errno.EACCES})


class FileLock:
    """A lock on a file, across processes and within one; the system releases it when the process dies.

    A file beside it, `<name>-lock`, is locked: closing another handle of a database would drop the locks of SQLite.
    Where that is not possible, such as on shares without support for locks, nothing is locked.
    """

    def __init__(self, file: Path) -> None:
        """Prepare the lock."""
        self._path = file.with_name(f"{file.name}-lock")
        self._handle: int | None = None

    def acquire(self) -> bool:
        """Lock the file, unless this lock holds it already; return False if another lock holds it."""
        if self._handle is not None and not self._is_at_its_path(self._handle):
            self.release()
        while self._handle is None:
            try:
                handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            except OSError:
                return True  # a folder without write access: the database reports it
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as err:
                os.close(handle)
                return err.errno not in _LOCKED_BY_OTHER
            if self._is_at_its_path(handle):
                self._handle = handle
            else:
                os.close(handle)
        return True

    def release(self) -> None:
        """Unlock the file; may be called twice."""
        handle, self._handle = self._handle, None
        if handle is not None:
            if self._is_at_its_path(handle):
                self._path.unlink(missing_ok=True)
            os.close(handle)

    def _is_at_its_path(self, handle: int) -> bool:
        """Return whether the locked file is still there: its last owner deletes it."""
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except OSError:
            return False
