"""How full a disk is, and what `/api/stats` reports of it."""

import shutil
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.disk import DiskSpace
from custom_components.frigate_native.engine.disk.report import disk_report


def test_space_is_that_of_the_folder_s_disk(tmp_path: Path) -> None:
    space = DiskSpace.of(tmp_path)
    assert space.total == shutil.disk_usage(tmp_path).total
    assert 0 < space.used < space.total
    assert space.free <= space.total - space.used


def test_folder_that_does_not_exist_is_measured_where_it_will_be_created(tmp_path: Path) -> None:
    planned = tmp_path / "a" / "b"
    with pytest.raises(FileNotFoundError):
        DiskSpace.of(planned)
    assert DiskSpace.of_planned(planned).total == DiskSpace.of(tmp_path).total


def test_report_has_megabytes_and_the_kind_of_file_system(tmp_path: Path) -> None:
    report = disk_report([tmp_path / "later"])[str(tmp_path / "later")]
    assert report["total"] == round(DiskSpace.of(tmp_path).total / 1e6, 1)
    assert report["mount_type"]
