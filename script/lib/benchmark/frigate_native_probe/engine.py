"""Access to the engine in two places where its interface is too narrow for a measurement."""

from collections import Counter
from functools import partial
from typing import Final

from custom_components.frigate_native.engine.camera import Camera
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.nvr import Nvr
from custom_components.frigate_native.lifecycle import startup

processed: Final[Counter[str]] = Counter()
"""The number of frames that each camera has processed; written by the camera's thread."""

frame_times: Final[dict[str, float]] = {}
"""The time of each camera's latest frame."""


def force_runtime(runtime: str | None) -> None:
    """Make entries use this runtime for the CPU model; the configuration has no key for it."""
    if runtime:
        setattr(startup, "Nvr", partial(Nvr, runtime=runtime))  # noqa: B010 - not part of the module's interface


def count_frames() -> None:
    """Count each frame that a camera processes."""
    process = Camera._process_frame  # noqa: SLF001

    def process_frame(self: Camera, frame: Frame) -> None:
        frame_times[self.config.name] = frame.time
        process(self, frame)
        processed[self.config.name] += 1

    Camera._process_frame = process_frame  # type: ignore[method-assign]  # noqa: SLF001


def dropped_frames(nvr: Nvr) -> int:
    """Return the number of dropped frames of all cameras."""
    return sum(camera._dropped for camera in nvr._cameras.values())  # noqa: SLF001
