"""Two systems and one folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.disk import FolderLock
from custom_components.frigate_native.engine.errors import FolderInUseError

ROOT = Path(__file__).parents[3]
OTHER = """
import sys
from pathlib import Path
from custom_components.frigate_native.engine.disk import FolderLock
lock = FolderLock(Path(sys.argv[1]), "")
lock.acquire()
print("locked", flush=True)
sys.stdin.read()
"""


def test_folder_belongs_to_one_at_a_time(tmp_path: Path) -> None:
    first, second = (FolderLock(tmp_path, "choose another") for _ in range(2))
    first.acquire()
    first.acquire()
    with pytest.raises(FolderInUseError, match=f"{tmp_path} is already in use; choose another"):
        second.acquire()
    first.release()
    first.release()
    second.acquire()
    second.release()
    assert list(tmp_path.iterdir()) == []


def test_process_that_is_killed_leaves_the_folder_unlocked(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    lock = FolderLock(tmp_path, "")
    with process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"locked\n"
            with pytest.raises(FolderInUseError):
                lock.acquire()
        finally:
            process.kill()
    lock.acquire()
    lock.release()
