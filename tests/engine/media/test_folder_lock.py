"""Two systems and one cache folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.errors import FolderInUseError
from custom_components.frigate_native.engine.media.folder_lock import FolderClaim

ROOT = Path(__file__).parents[3]
OTHER = """
import sys
from pathlib import Path
from custom_components.frigate_native.engine.media.claim import FolderClaim
claim = FolderClaim(Path(sys.argv[1]))
claim.take()
print("taken", flush=True)
sys.stdin.read()
"""


def test_folder_belongs_to_one_at_a_time(tmp_path: Path) -> None:
    first, second = FolderClaim(tmp_path), FolderClaim(tmp_path)
    first.take()
    first.take()
    with pytest.raises(FolderInUseError, match=str(tmp_path)):
        second.take()
    first.release()
    first.release()
    second.take()
    second.release()
    assert list(tmp_path.iterdir()) == []


def test_process_that_is_killed_leaves_the_folder_free(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    )
    claim = FolderClaim(tmp_path)
    with process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == b"taken\n"
            with pytest.raises(FolderInUseError):
                claim.take()
        finally:
            process.kill()
    claim.take()
    claim.release()
