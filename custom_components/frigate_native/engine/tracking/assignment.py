"""Assign detections to objects, all at once."""

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Final

_TINY: Final = 1e-9  # prevents endless loops through rounding

type _Columns = Mapping[int, Mapping[int, float]]  # the cost of each possible column, by row


def assign(costs: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return a column for each row so that the sum of costs is minimal.

    costs contains the possible pairs (row, column). Staying unassigned costs 0, so pairs above 0 are never used. Rows
    take their best column one after another, and others move where that costs less: successive shortest paths
    (Edmonds, Karp: Theoretical improvements in algorithmic efficiency for network flow problems, JACM 1972). Fast if
    few rows compete for the same columns.
    """
    columns: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (row, column), cost in costs.items():
        columns[row][column] = cost
    owners: dict[int, int] = {}
    for row in columns:
        _take_in(row, columns, owners)
    return {row: column for column, row in owners.items()}


def _take_in(newcomer: int, columns: _Columns, owners: dict[int, int]) -> None:
    """Assign one more row, or leave a row unassigned, whichever costs less; owners are rows by column."""
    reached, came_by = _displaced(newcomer, columns, owners)
    _, row, column = min(_ends(reached, columns, owners), key=lambda end: end[0])
    if column is not None:
        owners[column] = row
    while row in came_by:
        row, column = came_by[row]
        owners[column] = row


def _displaced(
    newcomer: int, columns: _Columns, owners: Mapping[int, int]
) -> tuple[dict[int, float], dict[int, tuple[int, int]]]:
    """Return the cost of leaving each row without a column, and which row then takes its column."""
    reached, came_by = {newcomer: 0.0}, {}
    waiting = deque([newcomer])
    while waiting:
        row = waiting.popleft()
        for column, cost in columns[row].items():
            owner = owners.get(column, row)
            total = reached[row] + cost - columns[owner][column]
            if owner != row and total < reached.get(owner, math.inf) - _TINY:
                reached[owner], came_by[owner] = total, (row, column)
                waiting.append(owner)
    return reached, came_by


def _ends(
    reached: Mapping[int, float], columns: _Columns, owners: Mapping[int, int]
) -> Iterable[tuple[float, int, int | None]]:
    """Yield the total cost if a displaced row stays unassigned (None), or takes a free column."""
    for row, total in reached.items():
        yield total, row, None
        yield from ((total + cost, row, column) for column, cost in columns[row].items() if column not in owners)
