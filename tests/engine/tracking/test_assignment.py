"""Assignment: all pairs together cost least."""

import random
from collections.abc import Mapping
from itertools import product

import pytest

from custom_components.frigate_native.engine.tracking.assignment import assign


def least(costs: Mapping[tuple[int, int], float], rows: int, columns: int) -> float:
    """Return the least sum that any assignment has, by trying all of them."""
    sums = []
    for choice in product([None, *range(columns)], repeat=rows):
        pairs = [(row, column) for row, column in enumerate(choice) if column is not None]
        if len({column for _, column in pairs}) == len(pairs) and all(pair in costs for pair in pairs):
            sums.append(sum(costs[pair] for pair in pairs))
    return min(sums)


@pytest.mark.parametrize("seed", range(60))
def test_no_other_assignment_costs_less(seed: int) -> None:
    source = random.Random(seed)
    rows, columns, density = source.randint(1, 5), source.randint(1, 5), source.choice((0.4, 1))
    costs = {
        (row, column): source.uniform(-6, 2)
        for row in range(rows)
        for column in range(columns)
        if source.random() < density
    }
    pairs = assign(costs)
    assert len(set(pairs.values())) == len(pairs)
    assert sum(costs[pair] for pair in pairs.items()) == pytest.approx(least(costs, rows, columns))


def test_best_pair_gives_way_where_the_other_would_go_without() -> None:
    assert assign({(0, 0): -5, (0, 1): -4, (1, 0): -4.5}) == {0: 1, 1: 0}


def test_pairs_with_positive_costs_are_not_made() -> None:
    assert assign({(0, 0): 0.5}) == {}
    assert assign({}) == {}
