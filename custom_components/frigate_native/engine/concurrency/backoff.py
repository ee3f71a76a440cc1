"""Growing pauses between attempts."""


class Backoff:
    """Pauses that double from `first_s` to `most_s`; `reset` starts over. For one thread."""

    def __init__(self, first_s: float, most_s: float) -> None:
        """Start with the shortest pause."""
        self._first_s = first_s
        self._most_s = most_s
        self._next_s = first_s

    def next_s(self) -> float:
        """Return how long to wait before the next attempt, in seconds."""
        pause_s = self._next_s
        self._next_s = min(pause_s * 2, self._most_s)
        return pause_s

    def reset(self) -> None:
        """Go back to the shortest pause after a success."""
        self._next_s = self._first_s
