"""Measure the network's values on real pictures, to choose ranges for eight bits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import tensorflow as tf
from crops import Crop
from network import Array, Network, to_graph
from numpy.typing import NDArray

_BINS = 2048
_SHRINK = np.linspace(0.25, 1.0, 26)  # candidates: share of the largest value to keep


def run_network(network: Network, crops: Iterable[Crop]) -> Iterator[dict[str, Array]]:
    """Yield every layer's value for each crop, in float32."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        picture = tf.compat.v1.placeholder(tf.float32, [1, 300, 300, 3])
        values = to_graph(network, picture)
        for crop in crops:
            yield session.run(values, {picture: crop[None] * np.float32(2 / 255) - 1})


@dataclass(frozen=True, slots=True)
class Spread:
    """The distribution of one layer's values: a histogram from `low` to `high`."""

    low: float
    high: float
    counts: NDArray[np.float64]

    def asymmetric_range(self) -> tuple[float, float]:
        """Return the range with the least mean square error in 255 steps: for LiteRT."""
        candidates = [(self.low * below, self.high * above) for below in _SHRINK for above in _SHRINK]
        return min(candidates, key=lambda span: self._loss(span[0], span[1], 255))

    def symmetric_range(self) -> float:
        """Return the absolute limit with the least mean square error in 127 steps: for ncnn."""
        largest = max(-self.low, self.high)
        return min((largest * float(part) for part in _SHRINK), key=lambda end: self._loss(-end, end, 254))

    def _loss(self, low: float, high: float, steps: int) -> float:
        values = self.low + (np.arange(_BINS) + 0.5) * (self.high - self.low) / _BINS
        cut_off = np.maximum(low - values, values - high)
        error = np.where(cut_off > 0, cut_off**2, ((high - low) / steps) ** 2 / 12)
        return float(self.counts @ error)


def measure(network: Network, crops: list[Crop]) -> dict[str, Spread]:
    """Return the distribution of every layer's values."""
    low: dict[str, float] = {}
    high: dict[str, float] = {}
    for values in run_network(network, crops):
        for name, value in values.items():
            low[name] = min(low.get(name, 0.0), float(value.min()))
            high[name] = max(high.get(name, 0.0), float(value.max()))
    counts = {name: np.zeros(_BINS) for name in low}
    for values in run_network(network, crops):
        for name, value in values.items():
            counts[name] += np.histogram(value, _BINS, (low[name], high[name]))[0]
    return {name: Spread(low[name], high[name], counts[name]) for name in low}
