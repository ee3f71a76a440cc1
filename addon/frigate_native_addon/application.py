"""The container's parts in their order: plan, RTMP server, recorder, Home Assistant."""

import logging
import threading
import time
from typing import Final

from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.recorder.input_supervisor import Timeouts
from custom_components.frigate_native.recorder.plan import Health
from custom_components.frigate_native.recorder.recorder import Recorder

from .heartbeat import Heartbeat
from .home_assistant import HomeAssistant
from .options import Options, OptionsError
from .plan_file import PlanFile
from .plan_sync import PlanSync
from .release import read_version
from .rtmp_server import RtmpServer

_LOGGER = logging.getLogger(__name__)

_SPOOL: Final = ".spool"  # on the recordings' own disk, where a finished file is moved by its name alone
_RTMP_START_S: Final = 10.0
_ROUND_S: Final = 5.0
_HANGS_S: Final = 120.0  # a round of the contract takes half a minute when Home Assistant is slow in everything
_STOP_S: Final = 9.0
_RECORDER_STOP_S: Final = 6.5  # after which nginx has two seconds, so that ten are enough when all of them hang


class Application:
    """All that runs in the container; owns every thread and child of it."""

    def __init__(self, options: Options) -> None:
        """Prepare everything; nothing runs yet."""
        self._options = options
        self._version = read_version()
        self._rtmp = RtmpServer(options.run / "nginx", options.rtmp_port, options.play_networks)
        self._recorder = Recorder(
            options.recordings,
            options.recordings / _SPOOL,
            rtmp_url=self._rtmp.url,
            timeouts=Timeouts(stop_s=_RECORDER_STOP_S),
        )
        self._plan_sync = PlanSync(
            HomeAssistant(options),
            PlanFile(options.data / "plan.json"),
            self._recorder,
            self._health,
            interval_s=options.interval_s,
        )
        self._unrecorded: str | None = None  # why the recorder does not run; empty when it does, None before the start
        self._heartbeat = Heartbeat(options.run / "pulse")

    def run(self, stop: threading.Event) -> None:
        """Start in order, stay until `stop` is set, end in the reverse order within ten seconds.

        Raises OptionsError when a folder that nothing works without cannot be written.
        """
        try:
            self._start(stop)
            while not stop.wait(_ROUND_S):
                self._try_recorder()
                if self._plan_sync.idle_s < _HANGS_S:
                    self._heartbeat.beat()
        finally:
            self._stop()

    def _start(self, stop: threading.Event) -> None:
        _LOGGER.info("Frigate Native's recorder %s; recordings go to %s", self._version, self._options.recordings)
        try:
            self._options.data.mkdir(parents=True, exist_ok=True)
            self._options.run.mkdir(parents=True, exist_ok=True)
            self._rtmp.start()
        except OSError as err:
            raise OptionsError(
                f"{err.filename}: cannot be written ({err.strerror}); check the folder's rights"
            ) from err
        self._heartbeat.beat()
        # A camera that found no server would come back by itself, only later.
        if self._rtmp.wait_until_answering(_RTMP_START_S, stop):
            _LOGGER.info("The RTMP server listens on port %d", self._options.rtmp_port)
        elif not stop.is_set():
            _LOGGER.error("The RTMP server does not start; recording goes on without it")
        if stop.is_set():
            return
        self._plan_sync.resume()
        self._try_recorder()
        self._plan_sync.start()

    def _try_recorder(self) -> None:
        """Start the recorder unless it runs: a folder that cannot be used yet may be mounted a little later."""
        if self._unrecorded == "":
            return
        try:
            self._recorder.start()
        except MediaError as err:
            if self._unrecorded != str(err):
                _LOGGER.error("Nothing is recorded: %s", err)  # noqa: TRY400  # the text says it all
            self._unrecorded = str(err)
        else:
            self._unrecorded = ""

    def _stop(self) -> None:
        end = time.monotonic() + _STOP_S
        _LOGGER.info("Stopping; the last segments are being finished")
        self._plan_sync.request_stop()
        self._recorder.stop()
        self._rtmp.stop()
        self._plan_sync.stop(max(0.1, end - time.monotonic()))
        _LOGGER.info("Stopped")

    def _health(self) -> Health:
        problems = list(self._recorder.problems())
        if self._unrecorded:
            problems.append(f"Nothing is recorded: {self._unrecorded}")
        if self._rtmp.problem:
            problems.append(f"The RTMP server does not run ({self._rtmp.problem})")
        total, free = self._recorder.disk()
        return Health(
            version=self._version,
            cameras=self._recorder.health(),
            rtmp_host=self._options.rtmp_host,
            rtmp_port=None if self._rtmp.problem else self._options.rtmp_port,
            disk_total=total,
            disk_free=free,
            problems=tuple(problems),
        )
