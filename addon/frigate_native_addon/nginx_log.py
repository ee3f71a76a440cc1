"""What nginx says, in the container's log."""

import logging
import re
import subprocess
import threading
from typing import Final

from custom_components.frigate_native.engine.concurrency import Worker
from custom_components.frigate_native.engine.redact import redact_url

_LOGGER = logging.getLogger("nginx")

_LINE: Final = re.compile(r"[\d/]+ [\d:]+ \[(?P<level>\w+)\] \d+#\d+: (?:\*\d+ )?(?P<text>.*)")
_HARMLESS: Final = frozenset({"debug", "info", "notice"})
_FATAL: Final = frozenset({"alert", "crit", "emerg"})
_MOST_SAID: Final = 100
_DRAIN_S: Final = 2.0


class RepeatFilter:
    """What has been said already, so that an nginx that fails again and again is not output each time."""

    def __init__(self) -> None:
        """Start with nothing said."""
        self._texts: set[str] = set()

    def level(self, text: str) -> int:
        """Return how loudly to say a trouble."""
        if text in self._texts:
            return logging.DEBUG
        if len(self._texts) < _MOST_SAID:
            self._texts.add(text)
        return logging.WARNING

    def forget(self) -> None:
        """Say everything anew."""
        self._texts.clear()


class NginxLog:
    """Reads one nginx's standard error in a thread of its own: a worker may hold it open after its master's end."""

    def __init__(self, process: subprocess.Popen[bytes], said: RepeatFilter) -> None:
        """Take the process, whose standard error is a pipe."""
        assert process.stderr is not None
        self._stream = process.stderr
        self._said = said
        self._fatal = ""
        self._reader = Worker("fn:nginx-log", self._read)

    def start(self) -> None:
        """Read until the last process that can write has ended."""
        self._reader.start()

    def finish(self) -> str:
        """Wait until all is read; return the last reason that nginx gave for its end, empty without one."""
        self._reader.stop(_DRAIN_S)
        return self._fatal

    def _read(self, _: threading.Event) -> None:
        with self._stream as stream:
            for line in stream:
                self._take(line.decode(errors="replace").strip())

    def _take(self, line: str) -> None:
        found = _LINE.fullmatch(line)
        level, text = ("emerg", line.removeprefix("nginx: ")) if found is None else (found["level"], found["text"])
        text = redact_url(text)
        _LOGGER.log(logging.INFO if level in _HARMLESS else self._said.level(text), "%s", text)
        self._fatal = text if level in _FATAL else self._fatal
