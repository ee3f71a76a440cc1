"""An installation of Frigate moves in: rows and files of several versions, again and again, and with what is broken."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.frigate_native.engine.importing.report import FileOutcome, ImportReport, Kind, Outcome, State
from custom_components.frigate_native.engine.importing.request import FilesMode
from custom_components.frigate_native.engine.media import snapshot_path
from custom_components.frigate_native.engine.messages import ExportState, Severity
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.engine.recordings.activity import ActivityLog
from custom_components.frigate_native.engine.recordings.folders import RecordingFolders
from custom_components.frigate_native.engine.recordings.indexer import RecordingIndexer
from custom_components.frigate_native.engine.store import ReviewFilter
from tests.engine.importing.conftest import System
from tests.engine.importing.frigate import SCHEMAS, Frigate
from tests.engine.recordings.tree import BERLIN, NOON

type Install = Callable[[str], Frigate]

VERSIONS = {"0.9": "0.9", "0.13": "0.13", "0.16": "0.16 or 0.17", "0.18": "0.18"}
ADDED = Outcome.ADDED


def furnish(frigate: Frigate) -> tuple[str, str]:
    """Add a minute of recordings, two events, a review item and an export; return the IDs of the events."""
    for index in range(6):
        frigate.record(NOON + 10 * index)
    events = frigate.see(NOON + 5), frigate.see(NOON + 25, retain_indefinitely=1)
    if frigate.is_since("0.16"):
        frigate.review(NOON + 4, events)
        frigate.export(NOON)
    return events


def counts(report: ImportReport, outcome: Outcome) -> dict[Kind, int]:
    return {kind: number for kind, rows in report.rows.items() if (number := rows[outcome])}


@pytest.mark.parametrize("version", SCHEMAS)
def test_every_version_is_imported_and_a_second_run_adds_nothing(
    install: Install, system: System, version: str
) -> None:
    frigate = install(version)
    first, second = furnish(frigate)
    before = frigate.snapshot()
    report = system.run(frigate, user="me")
    expected = {Kind.RECORDINGS: 6, Kind.EVENTS: 2}
    if frigate.is_since("0.16"):
        expected |= {Kind.REVIEWS: 1, Kind.EXPORTS: 1}
    assert (report.state, report.problems, report.version) == (State.DONE, [], VERSIONS[version])
    assert counts(report, ADDED) == expected
    check_events(system, frigate, first, second)
    check_recordings(system, frigate)
    if frigate.is_since("0.16"):
        check_review_and_export(system, (first, second))
    assert frigate.snapshot() == before
    again = system.run(frigate, user="me")
    assert (again.added, counts(again, Outcome.KNOWN), again.problems) == (0, expected, [])
    assert not (system.paths.cache / "import").exists()


def check_events(system: System, frigate: Frigate, first: str, second: str) -> None:
    event = system.store.event(first)
    assert event is not None
    assert event.thumbnail is not None
    assert (event.camera, event.label, event.zones, event.top_score) == ("front", "person", ("yard",), 0.9)
    assert (event.start_time, event.end_time, event.has_clip, event.has_snapshot) == (NOON + 5, NOON + 13, True, True)
    assert event.data["score"] == 0.8
    assert event.data.get("box") == ([0.1, 0.2, 0.3, 0.4] if frigate.is_since("0.13") else None)
    assert event.thumbnail.startswith(b"\xff\xd8\xff")
    assert snapshot_path(system.paths.clips, "front", first).read_bytes().startswith(b"\xff\xd8\xff")
    kept = system.store.event(second)
    assert kept is not None
    has_columns = frigate.is_since("0.13")
    assert (kept.retained, kept.sub_label) == ((True, "Anna") if has_columns else (False, None))


def check_recordings(system: System, frigate: Frigate) -> None:
    found = system.store.recordings.between("front", NOON, NOON + 60)
    assert [(one.start, one.end) for one in found] == [(NOON + 10 * n, NOON + 10 * n + 10) for n in range(6)]
    for one in found:
        assert (system.paths.recordings / one.path).samefile(frigate.media / "recordings" / one.path)
    assert (found[0].motion, found[0].sound) == ((7, -30) if frigate.is_since("0.13") else (None, None))


def check_review_and_export(system: System, events: tuple[str, ...]) -> None:
    (review,) = system.store.reviews.items(ReviewFilter(user="me"))
    state = review.state
    assert (state.severity, state.labels, state.event_ids) == (Severity.ALERT, ("person",), events)
    assert review.is_reviewed
    assert (system.store.reviews.thumbnail(state.id) or b"")[8:12] == b"WEBP"
    (export,) = system.store.exports.exports()
    assert (export.name, export.state, export.start) == ("Burglar", ExportState.DONE, NOON)
    assert export.seconds == pytest.approx(10, abs=0.5)
    assert (system.paths.exports / export.file).stat().st_size == export.size
    assert (system.paths.export_thumbnails / f"{export.id}.webp").is_file()


def test_files_in_our_own_media_folder_stay_and_get_their_times(install: Install, system: System) -> None:
    frigate = install("0.16")
    furnish(frigate)
    paths = MediaPaths(clips=frigate.media / "clips", recordings=frigate.media / "recordings", cache=system.folder)
    shared = System(system.folder / "shared", paths)
    index(shared)
    report = shared.run(frigate)
    assert counts(report, Outcome.CHANGED) == {Kind.RECORDINGS: 6}
    assert report.bytes == 0
    assert shared.store.recordings.between("front", NOON, NOON + 9)[0].motion == 7
    index(shared)
    assert shared.run(frigate).rows[Kind.RECORDINGS] == {Outcome.KNOWN: 6}
    assert shared.imports.stop()
    shared.store.close()


def index(system: System) -> None:
    """Compare the index with the files, as when Home Assistant starts."""
    folders = RecordingFolders(system.paths.recordings)
    activity = ActivityLog()
    indexer = RecordingIndexer(
        folders, system.store, lambda job: job(system.store), activity=activity, zone=lambda: BERLIN, clock=system.clock
    )
    list(indexer.heal())


@pytest.mark.parametrize("mode", FilesMode)
def test_cameras_are_renamed_and_files_taken_as_the_user_chooses(
    install: Install, system: System, mode: FilesMode
) -> None:
    frigate = install("0.16")
    first, _ = furnish(frigate)
    frigate.record(NOON, "back")
    report = system.run(frigate, cameras={"front": "porch", "back": ""}, files=mode)
    assert report.rows[Kind.RECORDINGS] == {ADDED: 6, Outcome.LEFT_OUT: 1}
    assert report.files[FileOutcome[mode.name]] == 6 + 2 + 1
    (one, *_) = system.store.recordings.between("porch", NOON, NOON + 60)
    file = system.paths.recordings / one.path
    assert (file.parent.name, file.stat().st_size) == ("porch", one.size)
    originals = len(list((frigate.media / "recordings").rglob("*.mp4")))
    assert originals == (1 if mode is FilesMode.MOVE else 7)
    assert snapshot_path(system.paths.clips, "porch", first).is_file()
    index(system)
    assert {one.motion for one in system.store.recordings.between("porch", NOON, NOON + 60)} == {7}
    assert system.run(frigate, cameras={"front": "porch", "back": ""}, files=mode).added == 0


def test_trial_counts_and_changes_nothing(install: Install, system: System) -> None:
    frigate = install("0.18")
    furnish(frigate)
    report = system.run(frigate, is_trial=True)
    assert counts(report, ADDED) == {Kind.RECORDINGS: 6, Kind.EVENTS: 2, Kind.REVIEWS: 1, Kind.EXPORTS: 1}
    assert report.bytes > 0
    assert system.store.count() == 0
    assert [path for path in system.paths.clips.parent.rglob("*") if path.is_file()] == []
    assert "would do" in report.to_text()


def test_what_runs_or_is_gone_is_counted(install: Install, system: System) -> None:
    frigate = install("0.16")
    furnish(frigate)
    (frigate.media / "recordings" / frigate.record(NOON + 100)).unlink()
    event_id = frigate.see(NOON + 101)
    (frigate.media / f"clips/front-{event_id}.jpg").unlink()
    frigate.see(NOON + 200, end_time=None)
    frigate.review(NOON + 200, [], end_time=None)
    frigate.export(NOON + 200, in_progress=1)
    report = system.run(frigate)
    assert counts(report, Outcome.MISSING) == {Kind.RECORDINGS: 1}
    assert counts(report, Outcome.UNFINISHED) == {Kind.EVENTS: 1, Kind.REVIEWS: 1, Kind.EXPORTS: 1}
    assert (report.files[FileOutcome.NO_CLIP], report.files[FileOutcome.NO_PICTURE]) == (1, 1)
    event = system.store.event(event_id)
    assert event is not None
    assert event.clip_problem
    assert (event.has_clip, event.has_snapshot) == (False, False)


def test_files_without_rows_are_taken_along(install: Install, system: System, sample: Any) -> None:
    frigate = install("0.16")
    furnish(frigate)
    frigate.write("recordings/2026-11-20/11/front/30.00.mp4", sample)
    report = system.run(frigate)
    assert report.files[FileOutcome.WITHOUT_ROW] == 1
    assert (system.paths.recordings / "2026-11-20/11/front/30.00.mp4").is_file()
    assert system.healed == 1


HOSTILE_RECORDINGS: dict[str, dict[str, Any]] = {
    "leaves": {"path": "/media/frigate/recordings/../../../etc/passwd"},
    "elsewhere": {"path": "/etc/passwd"},
    "not a recording": {"path": "/media/frigate/recordings/notes.txt"},
    "nul": {"path": "/media/frigate/recordings/2026-11-20/11/fr\0nt/00.00.mp4"},
    "camera": {"camera": "../front"},
    "blob": {"camera": b"front"},
    "infinite": {"end_time": float("inf")},
    "backwards": {"end_time": NOON - 100},
    "text": {"start_time": "yesterday"},
}


@pytest.mark.parametrize("changes", HOSTILE_RECORDINGS.values(), ids=HOSTILE_RECORDINGS)
def test_impossible_recordings_are_refused(install: Install, system: System, changes: dict[str, Any]) -> None:
    frigate = install("0.13")
    frigate.record(NOON, **changes)
    frigate.record(NOON + 10)
    report = system.run(frigate)
    assert report.state is State.DONE
    assert report.rows[Kind.RECORDINGS] == {Outcome.REFUSED: 1, ADDED: 1}
    (problem,) = report.problems
    assert "\0" not in problem


HOSTILE_EVENTS: dict[str, dict[str, Any]] = {
    "id": {"id": "../../x"},
    "long id": {"id": "1" * 100},
    "label": {"label": "per\0son"},
    "no label": {"label": None},
    "zones": {"zones": "{"},
    "zone numbers": {"zones": "[1]"},
    "data": {"data": "[" * 100_000},
    "no object": {"data": "[]"},
    "not a number": {"data": '{"score": NaN}'},
    "time": {"start_time": 5},
}


@pytest.mark.parametrize("changes", HOSTILE_EVENTS.values(), ids=HOSTILE_EVENTS)
def test_impossible_events_are_refused(install: Install, system: System, changes: dict[str, Any]) -> None:
    frigate = install("0.16")
    frigate.see(NOON, **changes)
    good = frigate.see(NOON + 10, thumbnail="no picture")
    report = system.run(frigate)
    assert report.rows[Kind.EVENTS] == {Outcome.REFUSED: 1, ADDED: 1}
    assert len(report.problems) == 1
    event = system.store.event(good)
    assert event is not None
    assert event.thumbnail is not None  # from its file


def test_links_to_other_places_are_not_followed(install: Install, system: System, tmp_path: Any) -> None:
    frigate = install("0.16")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "secrets.yaml").write_text("password: x")
    path = frigate.media / "recordings" / frigate.record(NOON)
    path.unlink()
    path.symlink_to(secret / "secrets.yaml")
    folder = frigate.media / "clips" / "review"
    frigate.review(NOON, [], thumb_path="/media/frigate/clips/review/out/secrets.yaml")
    (folder / "out").symlink_to(secret)
    report = system.run(frigate)
    assert report.rows[Kind.RECORDINGS] == {Outcome.REFUSED: 1}
    assert report.problem_count == 2
    assert not list(system.paths.recordings.rglob("*.mp4"))


def test_unreadable_databases_say_why(install: Install, system: System) -> None:
    frigate = install("0.9")
    request: dict[str, Any] = {"files": FilesMode.COPY}
    frigate.database.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert "cannot be read" in system.run(frigate, **request).problem
    frigate.database.write_bytes(b"")
    assert "no database of Frigate" in system.run(frigate, **request).problem
    frigate.database.unlink()
    assert "No such file" in system.run(frigate, **request).problem


def test_cancelled_import_is_continued_by_the_next(install: Install, system: System) -> None:
    frigate = install("0.16")
    for number in range(120):
        frigate.see(NOON + number)
    submit = system.imports._submit

    def cancel_after_a_batch(job: Any) -> Any:
        done = submit(job)
        if system.store.count():
            system.imports.cancel()
        return done

    system.imports._submit = cancel_after_a_batch
    assert system.run(frigate).state is State.CANCELLED
    assert 0 < system.store.count() < 120
    system.imports._submit = submit
    report = system.run(frigate)
    assert report.state is State.DONE
    assert system.store.count() == 120
    assert report.rows[Kind.EVENTS][Outcome.KNOWN] > 0
