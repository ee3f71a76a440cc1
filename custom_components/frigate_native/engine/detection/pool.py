"""The detectors of all cameras."""

import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...detector.helper import HelperAddress, write_helper
from ...detector.protocol import ChildSpec, DecoderKind, ModelSpec, RemoteSpec, unpack_rows
from ...detector.slots import Rgb, SlotMemory
from ..config.model import DetectorConfig, ModelConfig
from ..errors import DetectorError
from ..geometry import RelativeBox, Size
from ..messages import DetectorMessage, DetectorStats
from .batch import Batch
from .child import Child
from .discovery import default_detector
from .model_loading import load_model
from .request_queue import RequestQueue
from .supervisor import Supervisor

_WATCHDOG_S = 10.0  # a longer detection counts as hung; callers wait no longer for an answer
_READY_S = 20.0
_MIN_SLOTS = 16
_SLOTS_PER_DETECTOR = 4
_HELPER = "helper.json"
_SPEED_AT_START_MS = 10.0  # the initial inference_speed of Frigate 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDetection:
    """A model's detection in one region; box is (x1, y1, x2, y2), 0..1 of the region."""

    label: str
    score: float
    box: RelativeBox


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorTotals:
    """One detector's work since the pool started; inference_s is the model's own time."""

    inferences: int
    inference_s: float


class DetectorPool:
    """All detectors: processes that read from one queue.

    Any number of threads may call `detect` at once. A detector that dies or hangs is restarted and reported through
    on_message, which is called by a thread of the pool and must be quick.
    """

    def __init__(
        self,
        detectors: Sequence[DetectorConfig],
        model: ModelConfig,
        on_message: Callable[[DetectorMessage], None],
        *,
        runtime: str | None = None,
        watchdog_s: float = _WATCHDOG_S,
    ) -> None:
        """Read the model's description and labels; nothing runs before `start`.

        Without detectors, a USB Coral is used if there is one, otherwise the CPU, and the add-on's detector as soon as
        `use_helper` says where it is. runtime (`litert` or `ncnn`) selects
        the CPU runtime. Raises ConfigError if the model or label file cannot be used.
        """
        self._helper_folder: tempfile.TemporaryDirectory[str] | None = None
        self._configs = tuple(detectors) or (default_detector(),)
        spec = load_model(model)
        self._model: ModelSpec = spec.model
        self._is_assisted = not detectors and runtime is None and _can_be_served(model, spec.model)
        self.labels: Mapping[int, str] = spec.labels
        self.input_size = Size(self._model.width, self._model.height)
        self._on_message = on_message
        self._runtime = runtime
        self._watchdog_s = watchdog_s
        self._children: tuple[Child, ...] = ()
        self._queue: RequestQueue | None = None
        self._supervisor: Supervisor | None = None

    def start(self) -> None:
        """Start the detectors and wait until each works or has failed, at most 20 s. Call once only.

        Raises DetectorError if none works; if only some fail, they are reported and restarted. A remote detector that
        cannot be reached has not failed: it is used as soon as it can be reached.
        """
        slots = max(_MIN_SLOTS, _SLOTS_PER_DETECTOR * len(self._configs))
        queue = RequestQueue(len(self._configs), slots, self.input_size)
        queue.memory.speed_ms[:] = _SPEED_AT_START_MS
        if self._is_assisted:
            self._helper_folder = tempfile.TemporaryDirectory(prefix="frigate_native_", ignore_cleanup_errors=True)
        self._children = tuple(
            Child(self._child_spec(config, index, queue)) for index, config in enumerate(self._configs)
        )
        supervisor = Supervisor(self._children, queue, self._on_message, self._watchdog_s)
        self._queue, self._supervisor = queue, supervisor
        if not supervisor.start(_READY_S):
            self.stop()
            raise DetectorError("; ".join(child.reported_problem for child in self._children))

    def stop(self) -> None:
        """Stop all detectors; callers of `detect` get None at once. May be called twice, and in any state."""
        supervisor, self._supervisor = self._supervisor, None
        queue = self._queue
        if supervisor is None or queue is None:
            return
        supervisor.request_stop()
        queue.end()
        supervisor.stop()
        queue.close()
        if self._helper_folder:
            self._helper_folder.cleanup()

    def use_helper(self, address: HelperAddress | None) -> None:
        """Use the add-on's detector if it is faster; None: it has gone. Without effect if detectors are configured.

        Raises OSError. Call it while the pool runs, from one thread at a time.
        """
        if self._helper_folder and self._supervisor:
            write_helper(Path(self._helper_folder.name) / _HELPER, address)

    def detect(self, fills: Sequence[Callable[[Rgb], None]]) -> list[list[RawDetection] | None]:
        """Return the detections in each region, best first, in the order of `fills`; None: no answer.

        Each fill writes one region as RGB into the given (h, w, 3) uint8 array, the detector's input; its detection
        starts while the next one is filled. Any thread may call this. It waits at most 10 s.
        """
        queue, supervisor = self._queue, self._supervisor
        if queue is None or supervisor is None or not supervisor.is_available:
            return [None] * len(fills)
        batch = Batch(queue, time.monotonic() + self._watchdog_s)
        try:
            for fill in fills:
                batch.add(fill)
            answers = batch.collect()
        finally:
            batch.withdraw()
        return [None if rows is None else self._to_detections(rows) for rows in answers]

    def stats(self) -> dict[str, DetectorStats]:
        """Return Frigate 0.8's statistics of each detector by name; any thread may call this."""
        if self._queue is None:
            return {config.name: _IDLE_STATS for config in self._configs}
        memory = self._queue.memory
        return {child.name: self._child_stats(child, memory) for child in self._children}

    def totals(self) -> dict[str, DetectorTotals]:
        """Return each detector's work so far, by name; any thread may call this."""
        if self._queue is None:
            return {}
        memory = self._queue.memory
        return {
            config.name: DetectorTotals(inferences=int(count), inference_s=float(seconds))
            for config, count, seconds in zip(self._configs, memory.inferences, memory.inference_s, strict=True)
        }

    def _child_spec(self, config: DetectorConfig, index: int, queue: RequestQueue) -> ChildSpec:
        return ChildSpec(
            name=config.name,
            kind=str(config.type),
            device=config.device,
            num_threads=min(config.num_threads, os.process_cpu_count() or 1),  # more threads only wait for each other
            runtime=self._runtime,
            remote=_remote_spec(config),
            model=self._model,
            index=index,
            children=len(self._configs),
            slots=len(queue.answer_fds),
            memory_fd=queue.memory_fd,
            queue_fd=queue.queue_fd,
            status_fd=-1,
            answer_fds=queue.answer_fds,
            helper_file=str(Path(self._helper_folder.name) / _HELPER) if self._helper_folder else "",
        )

    def _child_stats(self, child: Child, memory: SlotMemory) -> DetectorStats:
        index, pid = child.spec.index, child.pid
        started = float(memory.started[index]) if pid else 0.0
        epoch = time.time() - (time.monotonic() - started) if started else 0.0
        speed_ms = round(float(memory.speed_ms[index]), 2)
        return DetectorStats(detection_start=epoch, inference_speed=speed_ms, pid=pid)

    def _to_detections(self, rows: bytes) -> list[RawDetection]:
        labels = self.labels
        return [
            RawDetection(label=labels.get(int(label), "unknown"), score=score, box=(x1, y1, x2, y2))
            for label, score, y1, x1, y2, x2 in unpack_rows(rows).tolist()
        ]


def _can_be_served(config: ModelConfig, model: ModelSpec) -> bool:
    """Return whether a detector server can run a model: it has the bundled one, or reads how to from the file alone."""
    return config.path is None or (model.tflite is not None and model.decoder is DecoderKind.SSD_POSTPROCESS)


def _remote_spec(config: DetectorConfig) -> RemoteSpec | None:
    if not config.endpoint:
        return None
    return RemoteSpec(
        endpoint=config.endpoint, request_timeout_ms=config.request_timeout_ms, linger_ms=config.linger_ms
    )


_IDLE_STATS = DetectorStats(detection_start=0.0, inference_speed=_SPEED_AT_START_MS, pid=0)
