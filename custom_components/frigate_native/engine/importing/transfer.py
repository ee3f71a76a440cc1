"""Brings files of another media folder into ours."""

import os
import shutil
from pathlib import Path, PurePosixPath
from typing import Final

from ..paths import MediaPaths
from .report import FileOutcome, ImportReport
from .request import FilesMode
from .source import ImportFailedError
from .values import RowError

_CONTAINER: Final = PurePosixPath("/media/frigate")
_OTHER_DISK: Final = "the media folders are on different disks, so files cannot be linked; copy or move them"
_PART: Final = ".part"


class MediaTransfer:
    """Finds files by their paths in Frigate's container, and links, copies or moves them. Blocks for the disk.

    The folders below the media folder may be links, but nothing in them is followed to another place.
    """

    def __init__(self, media: Path, paths: MediaPaths, mode: FilesMode, report: ImportReport) -> None:
        """Use a media folder; ImportFailedError if it cannot be used in this way."""
        self._media = media
        self._mode = mode
        self._report = report
        if not media.is_dir():
            raise ImportFailedError(f"{media} is no folder; enter the one that Frigate knows as {_CONTAINER}")
        roots = {"recordings": paths.recordings, "clips": paths.clips, "exports": paths.exports}
        self._in_place = {name: _is_same(media / name, root) for name, root in roots.items()}
        if mode is FilesMode.LINK and not report.is_trial:
            self._check_disks(roots)

    def is_in_place(self, folder: str) -> bool:
        """Return whether a folder, such as `recordings`, is ours already."""
        return self._in_place[folder]

    def relative(self, path: str, folder: str) -> str:
        """Return a path relative to a folder of the media folder, such as `recordings`; RowError if it leaves it."""
        pure = PurePosixPath(path)
        if pure.is_absolute():
            if not pure.is_relative_to(_CONTAINER):
                raise RowError(f"the file is not below {_CONTAINER}")
            pure = pure.relative_to(_CONTAINER)
        first, *rest = pure.parts or ("",)
        if first != folder or not rest or ".." in rest:
            raise RowError(f"the file is not in the folder {folder}")
        return "/".join(rest)

    def find(self, folder: str, relative: str) -> Path | None:
        """Return a regular file; None if there is none. RowError if a link leads out of the folder."""
        root = self._media / folder
        path = root / relative
        try:
            if not path.is_file():
                return None
            is_inside = path.resolve().is_relative_to(root.resolve())
        except (OSError, ValueError) as err:
            raise RowError("the file cannot be read, or its name has characters that no path can have") from err
        if path.is_symlink() or not is_inside:
            raise RowError("the file is a link to another place")
        return path

    def bring(self, source: Path, target: Path) -> None:
        """Make a file available at its place here; RowError if that fails. What is there already stays."""
        try:
            if target.exists():
                self._accept(source, target)
                return
            size = source.stat().st_size
            if not self._report.is_trial:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._take(source, target)
        except OSError as err:
            raise RowError(f"the file cannot be taken over: {err.strerror}") from err
        self._report.files[FileOutcome[self._mode.name]] += 1
        self._report.bytes += size

    def _accept(self, source: Path, target: Path) -> None:
        if _is_same(source, target):
            self._report.files[FileOutcome.IN_PLACE] += 1
        elif source.stat().st_size != target.stat().st_size:
            raise RowError(f"there is another file at {target.name} already")

    def _take(self, source: Path, target: Path) -> None:
        match self._mode:
            case FilesMode.LINK:
                os.link(source, target)
            case FilesMode.COPY:
                _copy(source, target)
            case FilesMode.MOVE:
                _move(source, target)

    def _check_disks(self, roots: dict[str, Path]) -> None:
        for name, root in roots.items():
            source = self._media / name
            if self._in_place[name] or not source.is_dir():
                continue
            root.mkdir(parents=True, exist_ok=True)
            if source.stat().st_dev != root.stat().st_dev:
                raise ImportFailedError(_OTHER_DISK)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _move(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError:  # another disk
        _copy(source, target)
        source.unlink()


def _copy(source: Path, target: Path) -> None:
    """Copy a file with its times, which appears complete or not at all."""
    part = target.with_name(f".{target.name}{_PART}")
    try:
        shutil.copy2(source, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
