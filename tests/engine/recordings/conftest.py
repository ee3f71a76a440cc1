"""What tests of recordings share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.recordings.tree import Tree, write_sample


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a recorded file of ten seconds."""
    return write_sample(tmp_path_factory.mktemp("sample") / "sample.mp4")


@pytest.fixture
def tree(tmp_path: Path, sample: Path) -> Iterator[Tree]:
    """Return an empty folder of recordings with its index."""
    tree = Tree(tmp_path, sample)
    yield tree
    tree.store.close()
