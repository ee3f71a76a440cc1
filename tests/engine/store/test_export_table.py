"""Exports in every kind of database."""

from dataclasses import replace

from custom_components.frigate_native.engine.messages import ExportState
from custom_components.frigate_native.engine.store import EventStore, ExportFilter, StoredExport
from tests.engine.builders import START


def export(second: float, **changes: object) -> StoredExport:
    """Return an export of ten seconds that waits."""
    made = StoredExport(
        id=f"back_{second}",
        camera="back",
        name="Böck 🐈",
        start=START + second,
        end=START + second + 10,
        created=START + 1000 + second,
        file=f"back_{second}.mp4",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_exports_are_found_by_everything(store: EventStore) -> None:
    other = export(100, camera="front", state=ExportState.DONE, speed=25.0, problem="no sound", size=5 * 10**9)
    store.exports.add([export(0), other, export(200, state=ExportState.FAILED)])

    def seconds(**selected: object) -> list[float]:
        found = store.exports.exports(ExportFilter(**selected))  # type: ignore[arg-type]
        assert store.exports.count(ExportFilter(**selected)) >= len(found)  # type: ignore[arg-type]
        return [one.start - START for one in found]

    assert store.exports.export(other.id) == other
    assert store.exports.of_file(other.file) == other
    assert store.exports.export("nobody") is None
    assert seconds() == [200, 100, 0]
    assert seconds(limit=1, offset=1) == [100]
    assert seconds(cameras=("back",)) == [200, 0]
    assert seconds(in_progress=True) == [0]
    assert seconds(in_progress=False) == [200, 100]
    assert seconds(after=START + 105, before=START + 150) == [100]


def test_exports_change_until_they_are_deleted(store: EventStore) -> None:
    store.exports.add([export(0), export(1)])
    first = export(0).id
    assert store.exports.set_state(first, ExportState.RUNNING)
    assert store.exports.rename(first, "Postman")
    assert store.exports.finish(first, size=7, seconds=9.5, problem="it has no sound")
    expected = export(0, state=ExportState.DONE, name="Postman", size=7, seconds=9.5, problem="it has no sound")
    assert store.exports.export(first) == expected
    assert store.exports.delete([first, "nobody"]) == 1
    assert not store.exports.rename(first, "Postman")
    assert [one.id for one in store.exports.exports()] == [export(1).id]
