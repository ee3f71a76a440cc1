"""Who belongs to whom, so that the sum of costs is least."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment


def assign(costs: Sequence[Sequence[float | None]], most: float) -> dict[int, int]:
    """Return column by row so that the sum of costs is least; None: these two never; unpaired ones cost `most`."""
    if not costs or not costs[0]:
        return {}
    matrix = np.array([[most if value is None else min(value, most) for value in row] for row in costs])
    chosen = zip(*linear_sum_assignment(matrix), strict=True)
    return {int(row): int(column) for row, column in chosen if matrix[row, column] < most}
