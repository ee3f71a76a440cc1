"""An input that is decoded for detection, with its arguments."""

from dataclasses import dataclass

from ..config.model import Arguments, CameraConfig, InputConfig
from .arguments import InputOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectInput:
    """An input that is decoded: its arguments, the detect output's, and the camera's `fps`."""

    source: InputConfig
    detect_args: Arguments = ()
    fps: float | None = None

    @classmethod
    def of(cls, camera: CameraConfig, source: InputConfig) -> DetectInput:
        """Return a camera's input with the camera's settings for decoding."""
        return cls(source=source, detect_args=camera.output_args.detect, fps=camera.fps)

    @property
    def options(self) -> InputOptions:
        """The arguments as options for libav."""
        return InputOptions.from_input(self.source, self.detect_args, self.fps)
