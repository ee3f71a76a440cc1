"""The index of recordings follows the files, whoever writes, deletes or damages them."""

import os
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.messages import ActivityMessage
from tests.engine.recordings.tree import DAY_S, NOON, SECONDS, Tree


def test_both_layouts_are_read_with_their_exact_times(tree: Tree) -> None:
    tree.record(NOON + 0.25)
    tree.record_like_frigate(NOON + 60)
    tree.heal()
    own, frigates = tree.known()
    assert (own.path, own.camera) == ("2026-11/20/12/back/00.00.mp4", "back")
    assert [own.start, own.end] == pytest.approx([NOON + 0.25, NOON + 0.25 + SECONDS])
    assert frigates.path == "2026-11-20/11/back/01.00.mp4"
    assert [frigates.start, frigates.end] == pytest.approx([NOON + 60, NOON + 60 + SECONDS])
    assert own.size == tree.sample.stat().st_size


def test_new_files_are_followed_without_reading_everything(tree: Tree) -> None:
    tree.record(NOON - 5 * DAY_S)
    tree.record(NOON - 30)
    tree.follow()
    assert [one.start for one in tree.known()] == [NOON - 30]
    tree.record(NOON - 20)
    tree.follow()
    assert [one.start for one in tree.known()] == [NOON - 30, NOON - 20]


def test_figures_say_what_the_engine_saw_in_a_files_time(tree: Tree) -> None:
    for second in range(-30, 0):
        motion = 3 if second == -25 else 0
        tree.activity.add(ActivityMessage(camera="back", time=NOON + second, motion=motion, objects=0))
    for seconds in (60, 30, 18):
        tree.record(NOON - seconds)
    tree.clock.time += 60
    tree.follow()
    figures = [(one.motion, one.objects, one.is_watched, one.has_motion) for one in tree.known()]
    assert figures == [(None, None, False, False), (3, 0, True, True), (0, 0, True, False)]


def test_a_file_waits_for_the_engine_to_see_its_frames(tree: Tree) -> None:
    tree.activity.add(ActivityMessage(camera="back", time=NOON - 30, motion=1, objects=1))
    tree.record(NOON - 12)
    tree.follow()
    assert tree.known() == []
    tree.clock.time += 61
    tree.follow()
    assert len(tree.known()) == 1


def test_deleted_and_added_files_are_healed(tree: Tree) -> None:
    old = tree.record(NOON - 3 * DAY_S)
    tree.record(NOON - 2 * DAY_S)
    alone = tree.record_like_frigate(NOON - DAY_S, "front")
    tree.heal()
    for path in (old, alone):
        path.unlink()
        os.removedirs(path.parent)
    tree.record(NOON - 4 * DAY_S)
    tree.heal()
    assert [one.start for one in tree.known()] == [NOON - 4 * DAY_S, NOON - 2 * DAY_S]
    assert tree.known("front") == []


def test_truncated_files_are_as_long_as_what_is_left(tree: Tree) -> None:
    half, empty, headless = (tree.record(NOON - seconds) for seconds in (90, 60, 30))
    tree.heal()
    size = half.stat().st_size
    os.truncate(half, size // 2)
    os.truncate(empty, 0)
    os.truncate(headless, 40)
    tree.heal()
    (left,) = tree.known()
    assert left.size == size // 2
    assert left.start == NOON - 90
    assert 3 < left.end - left.start < 6


def test_what_happened_is_kept_when_a_file_shrinks(tree: Tree) -> None:
    for second in range(-30, 1):
        tree.activity.add(ActivityMessage(camera="back", time=NOON + second, motion=2, objects=1))
    path = tree.record(NOON - 20)
    tree.follow()
    os.truncate(path, path.stat().st_size // 2)
    tree.heal()
    assert [one.motion for one in tree.known()] == [22]


def test_a_lost_database_is_filled_again(tree: Tree) -> None:
    for seconds in (30, 20, 10):
        tree.record(NOON - seconds)
    tree.heal()
    before = tree.known()
    tree.store.close()
    for path in tree.folder.glob("frigate.db*"):
        path.unlink()
    tree.open()
    assert tree.known() == []
    tree.heal()
    assert tree.known() == before


def test_a_disk_that_is_not_mounted_leaves_the_index_alone(tree: Tree, tmp_path: Path) -> None:
    tree.record(NOON - 30)
    tree.heal()
    tree.recordings.rename(tmp_path / "elsewhere")
    for folder in (None, tree.recordings, tree.recordings / ".spool"):
        if folder is not None:
            folder.mkdir()
        tree.heal()
        tree.follow()
        assert len(tree.known()) == 1


def test_a_folder_without_changes_is_not_read_again(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.record(NOON - 30)
    for _ in range(3):
        tree.follow()
    monkeypatch.setattr(tree.folders, "files", lambda folder: pytest.fail(f"{folder} is read again"))
    tree.follow()
    monkeypatch.undo()
    tree.record(NOON - 20)
    tree.follow()
    assert len(tree.known()) == 2
