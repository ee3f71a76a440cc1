"""The container's log on standard error, without secrets."""

import logging
from typing import override

from custom_components.frigate_native.engine.redact import redact_url


class _Redacting(logging.Formatter):
    """Hides users, passwords and tokens, including those in tracebacks of libraries."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return redact_url(super().format(record))


def set_up_logging(level: int) -> None:
    """Log messages of this level and above."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%d %H:%M:%S"))
    logging.basicConfig(level=level, handlers=[handler])
