"""The exports in the database."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, delete, func, insert, select, true, update

from ..messages import ExportState
from .database import Database
from .export_records import ExportFilter, StoredExport
from .schema import ExportRow

_OVER: Final = tuple(str(state) for state in ExportState if state.is_over)
_ALL: Final = ExportFilter()


class ExportTable:
    """All exports. Any thread but the event loop may read; the storage thread writes.

    Every method raises StoreError if the database cannot be used.
    """

    def __init__(self, database: Callable[[], Database]) -> None:
        """Use the database that is open when a method is called."""
        self._database = database

    def exports(self, selected: ExportFilter = _ALL) -> list[StoredExport]:
        """Return the exports that match, the newest first."""
        query = _select().where(_conditions(selected)).order_by(ExportRow.created.desc(), ExportRow.id.desc())
        with self._database().reading() as connection:
            return [_stored(row) for row in connection.execute(query.limit(selected.limit).offset(selected.offset))]

    def export(self, export_id: str) -> StoredExport | None:
        """Return one export."""
        return self._one(ExportRow.id == export_id)

    def of_file(self, name: str) -> StoredExport | None:
        """Return the export with a file of this name."""
        return self._one(ExportRow.file == name)

    def count(self, selected: ExportFilter = _ALL) -> int:
        """Return how many exports match; limit and offset are ignored."""
        query = select(func.count()).select_from(ExportRow).where(_conditions(selected))
        with self._database().reading() as connection:
            return connection.scalar(query) or 0

    def add(self, exports: Sequence[StoredExport]) -> None:
        """Insert exports with new IDs."""
        if exports:
            with self._database().writing() as connection:
                connection.execute(insert(ExportRow), [_values(export) for export in exports])

    def set_state(self, export_id: str, state: ExportState, problem: str | None = None) -> bool:
        """Note how far an export is; return whether it exists."""
        return self._set(export_id, {"state": str(state), "problem": problem})

    def finish(self, export_id: str, *, size: int, seconds: float, problem: str | None = None) -> bool:
        """Note that an export is done; return whether it exists."""
        values = {"state": str(ExportState.DONE), "problem": problem, "size": size, "seconds": seconds}
        return self._set(export_id, values)

    def rename(self, export_id: str, name: str) -> bool:
        """Give an export another name, for people; return whether it exists."""
        return self._set(export_id, {"name": name})

    def delete(self, export_ids: Sequence[str]) -> int:
        """Delete exports, but not their files; return how many there were."""
        with self._database().writing() as connection:
            return connection.execute(delete(ExportRow).where(ExportRow.id.in_(export_ids))).rowcount

    def _one(self, condition: ColumnElement[bool]) -> StoredExport | None:
        with self._database().reading() as connection:
            row = connection.execute(_select().where(condition).limit(1)).one_or_none()
        return None if row is None else _stored(row)

    def _set(self, export_id: str, values: dict[str, Any]) -> bool:
        change = update(ExportRow).where(ExportRow.id == export_id).values(**values)
        with self._database().writing() as connection:
            return connection.execute(change).rowcount > 0


def _select() -> Select[tuple[Any, ...]]:
    return select(
        ExportRow.id,
        ExportRow.camera,
        ExportRow.name,
        ExportRow.start_time,
        ExportRow.end_time,
        ExportRow.created,
        ExportRow.file,
        ExportRow.speed,
        ExportRow.state,
        ExportRow.problem,
        ExportRow.size,
        ExportRow.seconds,
    )


def _conditions(selected: ExportFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if selected.cameras:
        parts.append(ExportRow.camera.in_(selected.cameras))
    if selected.in_progress is not None:
        is_over = ExportRow.state.in_(_OVER)
        parts.append(~is_over if selected.in_progress else is_over)
    if selected.after is not None:
        parts.append(ExportRow.end_time >= selected.after)
    if selected.before is not None:
        parts.append(ExportRow.start_time <= selected.before)
    return and_(*parts)


def _stored(row: Row[tuple[Any, ...]]) -> StoredExport:
    export_id, camera, name, start, end, created, file, speed, state, problem, size, seconds = row
    return StoredExport(
        id=export_id,
        camera=camera,
        name=name,
        start=start,
        end=end,
        created=created,
        file=file,
        speed=speed,
        state=ExportState(state),
        problem=problem,
        size=size,
        seconds=seconds,
    )


def _values(export: StoredExport) -> dict[str, Any]:
    values = asdict(export) | {"state": str(export.state)}
    return values | {"start_time": values.pop("start"), "end_time": values.pop("end")}
