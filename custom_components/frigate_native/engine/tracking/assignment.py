"""Which detection belongs to which object, decided for all of them at once."""

import math
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from typing import Final

_TINY: Final = 1e-9  # so that rounding finds no endless way round

type _Columns = Mapping[int, Mapping[int, float]]  # what each row can have, and at what cost


def assign(costs: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return column by row so that the sum of costs is least.

    costs has the pairs (row, column) that are possible; who stays alone costs nothing, so those above 0 never come
    about. Row after row takes its best column, and others make room where that costs less: successive shortest paths
    (Edmonds, Karp: Theoretical improvements in algorithmic efficiency for network flow problems, JACM 1972). Quick
    where few rows want the same columns.
    """
    columns: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (row, column), cost in costs.items():
        columns[row][column] = cost
    owners: dict[int, int] = {}
    for row in columns:
        _take_in(row, columns, owners)
    return {row: column for column, row in owners.items()}


def _take_in(newcomer: int, columns: _Columns, owners: dict[int, int]) -> None:
    """Give one more row a column, or leave a row without one, whichever costs least; owners are rows by column."""
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
    """Return the cost at which each row can come to be the one without a column, and who then has its column."""
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
    """Yield what it costs in all when a displaced row stays alone (None), and when it takes a free column."""
    for row, total in reached.items():
        yield total, row, None
        yield from ((total + cost, row, column) for column, cost in columns[row].items() if column not in owners)
