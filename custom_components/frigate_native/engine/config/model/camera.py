"""Keys of a camera."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ...geometry import Size
from .. import checks, forms
from ..files_beside import masks
from ..keys import (
    Checks,
    Former,
    FormField,
    key,
    named_sections,
    required_section,
    section,
)
from ..masks import Mask
from ..names import safe_name
from ..validators import Whole, text, web_address
from .ffmpeg import CameraFfmpegConfig, InputConfig, OutputArguments, Role
from .media import CameraClipsConfig, PublishedConfig, RecordConfig, RtmpConfig, SnapshotsConfig
from .objects import DetectConfig, MotionConfig, ObjectsConfig, ZoneConfig
from .review import ReviewConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraConfig:
    """One camera. `mask` is for motion and objects alike.

    width and height are those of the detect stream; None: taken from the stream. enabled is no key: cameras that a file
    disables are left out, and others can be switched off while they run.
    """

    CHECKS: ClassVar[Checks] = {
        ("width", "height"): checks.whole_size,
        ("zones", "save_clips", "review", "snapshots", "mqtt"): checks.known_zones,
    }

    name: str
    enabled: bool = True
    friendly_name: str | None = key(text, None, "Name that is displayed; by default made from the camera's name.")
    webui_url: str | None = key(web_address, None, "Address of the camera's own web page.", is_secret=True)
    ffmpeg: CameraFfmpegConfig = required_section(
        CameraFfmpegConfig, "Streams and ffmpeg arguments.", is_inherited=True
    )
    width: int | None = key(
        Whole(1, checks.MAX_SIDE), None, "Width of the detect stream; by default taken from the stream.", unit="px"
    )
    height: int | None = key(
        Whole(1, checks.MAX_SIDE), None, "Height of the detect stream; by default taken from it.", unit="px"
    )
    fps: int | None = key(
        Whole(1, checks.MAX_FPS),
        None,
        "Frames per second to process; by default all.",
        unit="fps",
        form=FormField(forms.ADVANCED, default=5, most=30),
    )
    mask: tuple[Mask, ...] = key(masks, (), "Ignore motion and objects here.")
    best_image_timeout_s: int = key(
        Whole(), 60, "Age after which a picture gives way to a worse one.", name="best_image_timeout", unit="s"
    )
    zones: Mapping[str, ZoneConfig] = named_sections(
        ZoneConfig, "Areas with their own counts and events.", name=safe_name
    )
    save_clips: CameraClipsConfig = section(
        CameraClipsConfig, "Clips of events.", is_inherited=True, former=(Former("clips", is_noted=True),)
    )
    record: RecordConfig = section(RecordConfig, "Recording around the clock.", is_inherited=True)
    rtmp: RtmpConfig = section(RtmpConfig, "Restream.")
    review: ReviewConfig = section(ReviewConfig, "Alerts and detections to review.", is_inherited=True)
    snapshots: SnapshotsConfig = section(SnapshotsConfig, "Pictures of events on disk.", is_inherited=True)
    mqtt: PublishedConfig = section(PublishedConfig, "Pictures that are published.")
    objects: ObjectsConfig = section(ObjectsConfig, "Objects to track.", is_inherited=True)
    motion: MotionConfig = section(MotionConfig, "Motion detection.", is_inherited=True)
    detect: DetectConfig = section(DetectConfig, "Object detection.", is_inherited=True)

    @property
    def drawn_for(self) -> Size | None:
        """The size of the frame that masks, zones and areas in pixels are meant for; None: that of the stream."""
        return Size(self.width, self.height) if self.width and self.height else None

    @property
    def inputs(self) -> tuple[InputConfig, ...]:
        """The camera's streams."""
        return self.ffmpeg.inputs

    @property
    def output_args(self) -> OutputArguments:
        """The arguments of its outputs."""
        return self.ffmpeg.output_args

    def input_for(self, role: Role) -> InputConfig | None:
        """Return the input that has this role, if any."""
        return next((source for source in self.inputs if role in source.roles), None)
