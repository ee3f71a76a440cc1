"""Looks into the engine at two places where it tells too little, or can be told too little, for a measurement."""

from collections import Counter
from functools import partial
from typing import Final

from custom_components.frigate_native.engine.camera import Camera
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.nvr import Nvr
from custom_components.frigate_native.lifecycle import startup

processed: Final[Counter[str]] = Counter()
"""Frames that each camera has processed; written by the camera's own thread only."""

frame_times: Final[dict[str, float]] = {}
"""The time of the frame that each camera has processed last, or is processing."""


def force_runtime(runtime: str | None) -> None:
    """Let entries use this runtime for the CPU model, which no configuration can say."""
    if runtime:
        setattr(startup, "Nvr", partial(Nvr, runtime=runtime))  # noqa: B010 - it is not the module's to give away


def count_frames() -> None:
    """Note each frame that a camera processes."""
    process = Camera._process_frame  # noqa: SLF001

    def process_frame(self: Camera, frame: Frame) -> None:
        frame_times[self.config.name] = frame.time
        process(self, frame)
        processed[self.config.name] += 1

    Camera._process_frame = process_frame  # type: ignore[method-assign]  # noqa: SLF001


def dropped_frames(nvr: Nvr) -> int:
    """Return how many frames all cameras have had no time for."""
    return sum(camera._dropped for camera in nvr._cameras.values())  # noqa: SLF001
