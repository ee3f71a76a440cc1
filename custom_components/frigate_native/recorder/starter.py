"""Starts a recorder as soon as its folders can be used, in the add-on as well as in Home Assistant."""

import logging

from ..engine.errors import MediaError
from .plan import Health
from .recorder import Recorder

_LOGGER = logging.getLogger(__name__)


class RecorderStarter:
    """Starts a recorder, again and again until that succeeds: a folder may be mounted a little later."""

    def __init__(self, recorder: Recorder, version: str) -> None:
        """Prepare; version is the release that health reports name."""
        self._recorder = recorder
        self._version = version
        self._is_running = False
        self._problem = ""

    def try_start(self) -> None:
        """Start the recorder unless it is running; a failure is logged once and reported."""
        if self._is_running:
            return
        try:
            self._recorder.start()
        except MediaError as err:
            if self._problem != str(err):
                _LOGGER.error("Nothing is recorded: %s", err)  # noqa: TRY400  # the text says it all
            self._problem = str(err)
        else:
            self._is_running, self._problem = True, ""

    def health(self) -> Health:
        """Return the recorder's health, with the reason if it could not start."""
        total, free = self._recorder.disk()
        failure = (f"Nothing is recorded: {self._problem}",) if self._problem else ()
        return Health(
            version=self._version,
            cameras=self._recorder.health(),
            disk_total=total,
            disk_free=free,
            problems=(*self._recorder.problems(), *failure),
        )
