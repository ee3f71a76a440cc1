"""Starts and stops the parts of the container: RTMP server, recorder, detector, plan synchronization."""

import logging
import threading
from dataclasses import replace
from typing import Final

from custom_components.frigate_native.engine.concurrency import Deadline
from custom_components.frigate_native.recorder.context import Timeouts
from custom_components.frigate_native.recorder.plan import Health
from custom_components.frigate_native.recorder.recorder import Recorder
from custom_components.frigate_native.recorder.starter import RecorderStarter

from .detector_server import DetectorServer
from .heartbeat import Heartbeat
from .home_assistant import HomeAssistant
from .options import Options, OptionsError
from .plan_file import PlanFile
from .plan_sync import PlanSync
from .release import read_version
from .rtmp_server import RtmpServer

_LOGGER = logging.getLogger(__name__)

_CACHE: Final = ".spool"  # on the disk of the recordings, so that moving a finished file is a rename
_RTMP_START_S: Final = 10.0
_INTERVAL_S: Final = 5.0
_HANGS_S: Final = 120.0  # one synchronization takes half a minute if Home Assistant is slow
_STOP_S: Final = 9.0
_RECORDER_STOP_S: Final = 6.5  # then nginx has two seconds, so that ten are enough if everything hangs


class Application:
    """Everything that runs in the container, with all threads and child processes."""

    def __init__(self, options: Options) -> None:
        """Prepare everything; `run` starts it."""
        self._options = options
        self._version = read_version()
        self._rtmp = RtmpServer(options.run / "nginx", options.rtmp_port, options.play_networks)
        self._recorder = Recorder(
            options.recordings,
            options.recordings / _CACHE,
            rtmp_url=self._rtmp.url,
            timeouts=Timeouts(stop_s=_RECORDER_STOP_S),
        )
        self._starter = RecorderStarter(self._recorder, self._version)
        self._plan_sync = PlanSync(
            HomeAssistant(options),
            PlanFile(options.data / "plan.json"),
            self._recorder,
            self._health,
            interval_s=options.interval_s,
        )
        self._detector = DetectorServer(options)
        self._heartbeat = Heartbeat(options.run / "pulse")

    def run(self, stop: threading.Event) -> None:
        """Start everything, wait until `stop` is set, and stop in reverse order within ten seconds.

        Raises OptionsError if a required folder cannot be written.
        """
        try:
            self._start(stop)
            while not stop.wait(_INTERVAL_S):
                self._starter.try_start()
                if self._plan_sync.idle_s < _HANGS_S:
                    self._heartbeat.beat()
        finally:
            self._stop()

    def _start(self, stop: threading.Event) -> None:
        _LOGGER.info("Frigate Native Recorder %s; recordings are saved in %s", self._version, self._options.recordings)
        try:
            self._options.data.mkdir(parents=True, exist_ok=True)
            self._options.run.mkdir(parents=True, exist_ok=True)
            self._rtmp.start()
        except OSError as err:
            raise OptionsError(
                f"{err.filename}: cannot be written ({err.strerror}); check the folder's permissions"
            ) from err
        self._detector.start()
        self._heartbeat.beat()
        # A camera that finds no server would retry, but only later.
        if self._rtmp.wait_until_answering(_RTMP_START_S, stop):
            _LOGGER.info("The RTMP server listens on port %d", self._options.rtmp_port)
        elif not stop.is_set():
            _LOGGER.error("The RTMP server does not start; recording continues without it")
        if stop.is_set():
            return
        self._plan_sync.resume()
        self._starter.try_start()
        self._plan_sync.start()

    def _stop(self) -> None:
        deadline = Deadline(_STOP_S)
        _LOGGER.info("Stopping; finishing the last segments")
        self._plan_sync.request_stop()
        self._detector.request_stop()  # ends while the recorder does
        self._recorder.stop()
        self._detector.stop()
        self._rtmp.stop()
        self._plan_sync.stop(max(0.1, deadline.left_s()))
        _LOGGER.info("Stopped")

    def _health(self) -> Health:
        health = self._starter.health()
        rtmp_problem = self._rtmp.problem
        failure = (f"The RTMP server is not running ({rtmp_problem})",) if rtmp_problem else ()
        return replace(
            health,
            rtmp_host=self._options.rtmp_host,
            rtmp_port=None if rtmp_problem else self._options.rtmp_port,
            problems=(*health.problems, *failure),
            detector=self._detector.offer(),
        )
