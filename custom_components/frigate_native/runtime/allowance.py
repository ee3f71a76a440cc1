"""An allowance of time that refills steadily."""


class Allowance:
    """Limits what is spent to one second per second on average, and to a burst at once.

    Times are of one monotonic clock, in seconds. Called by one thread.
    """

    def __init__(self, burst_s: float) -> None:
        """Start with a full allowance of burst_s."""
        self._burst_s = burst_s
        self._spent_until = 0.0

    def wait_s(self, now: float) -> float:
        """Return how long to wait before more may be spent; 0 if it may be spent now."""
        return max(0.0, self._spent_until - self._burst_s - now)

    def spend(self, now: float, cost_s: float) -> None:
        """Spend from the allowance, also beyond it: the next one waits longer."""
        self._spent_until = max(self._spent_until, now) + cost_s

    def is_full(self, now: float) -> bool:
        """Return whether everything spent has been refilled."""
        return self._spent_until <= now
