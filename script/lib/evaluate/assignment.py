"""Assignment with the minimal sum of costs."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment


def assign(costs: Sequence[Sequence[float | None]], maximum: float) -> dict[int, int]:
    """Return a column for each row with the minimal sum of costs; None: impossible; unassigned rows cost `maximum`."""
    if not costs or not costs[0]:
        return {}
    matrix = np.array([[maximum if value is None else min(value, maximum) for value in row] for row in costs])
    chosen = zip(*linear_sum_assignment(matrix), strict=True)
    return {int(row): int(column) for row, column in chosen if matrix[row, column] < maximum}
