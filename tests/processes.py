"""What a process has: children, open files."""

from contextlib import suppress
from pathlib import Path


def children(process: int | str = "self") -> set[int]:
    """Return the ids of a process's children, the dead that nobody has asked after among them."""
    while True:
        try:
            tasks = [task / "children" for task in Path(f"/proc/{process}/task").iterdir()]
            return {int(pid) for each in tasks for pid in each.read_text().split()}
        except OSError:  # a thread has ended meanwhile; its children are another one's now
            if not Path(f"/proc/{process}").exists():
                raise


def open_files(path: Path | None = None) -> int:
    """Return how many file descriptors this process has open, those of a file if one is given.

    Servers that several tests share may have one more for a moment.
    """
    found = 0
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # closed meanwhile, by another thread
            found += link.readlink() == path or path is None
    return found
