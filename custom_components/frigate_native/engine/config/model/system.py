"""Keys of a whole system."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from .. import checks
from ..files_beside import file
from ..keys import (
    Checks,
    Former,
    key,
    named_sections,
    named_tuple,
    named_values,
    optional_section,
    section,
)
from ..names import camera_name, safe_name, variable_name
from ..report import Report
from ..validators import Choice, LogLevel, database_url, text, variable_value
from .broker import MqttConfig
from .camera import CameraConfig
from .detectors import DetectorConfig, ModelConfig
from .ffmpeg import FfmpegConfig
from .media import ClipsConfig, GlobalSnapshotsConfig, RecordConfig
from .objects import DetectConfig, MotionConfig, ObjectsConfig
from .review import ReviewConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseConfig:
    """Where events are stored; None: the default place."""

    CHECKS: ClassVar[Checks] = {("path", "url"): checks.one_database}

    path: Path | None = key(file, None, "SQLite file.")
    url: str | None = key(database_url, None, "SQLAlchemy URL instead of a file.", has_variables=True, is_secret=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggerConfig:
    """Log levels, lower case as in the file; `logs` by Frigate's module names."""

    default: str = key(Choice(LogLevel), LogLevel.INFO, "Log level.")
    logs: Mapping[str, str] = named_values(Choice(LogLevel), "Log levels of single modules.", name=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A whole system. `detectors` empty: a USB Coral if there is one, else the CPU.

    directory is where relative paths are looked for. report is about what was translated, has no effect or deserves
    attention. The sections from ffmpeg to detect are those that
    cameras inherit.
    """

    directory: Path
    report: Report = Report()

    mqtt: MqttConfig | None = optional_section(MqttConfig, "Your own MQTT broker.")
    database: DatabaseConfig = section(DatabaseConfig, "Where events are stored.")
    detectors: tuple[DetectorConfig, ...] = named_tuple(DetectorConfig, "What runs the model.", name=safe_name)
    model: ModelConfig = section(ModelConfig, "Your own model.")
    logger: LoggerConfig = section(
        LoggerConfig,
        "Log levels.",
        no_effect=(
            "Home Assistant's own logger integration sets how much is logged, for custom_components.frigate_native"
        ),
    )
    save_clips: ClipsConfig = section(ClipsConfig, "Clips of all cameras.", former=(Former("clips", is_noted=True),))
    ffmpeg: FfmpegConfig = section(FfmpegConfig, "ffmpeg arguments of all cameras.")
    record: RecordConfig = section(RecordConfig, "Recording of all cameras.")
    review: ReviewConfig = section(ReviewConfig, "Alerts and detections of all cameras.")
    snapshots: GlobalSnapshotsConfig = section(GlobalSnapshotsConfig, "Snapshots of all cameras.")
    objects: ObjectsConfig = section(ObjectsConfig, "Objects of all cameras.")
    motion: MotionConfig = section(MotionConfig, "Motion detection of all cameras.")
    detect: DetectConfig = section(DetectConfig, "Object detection of all cameras.")
    environment_vars: Mapping[str, str] = named_values(
        variable_value, "Environment variables, also for `{FRIGATE_…}`.", name=variable_name, is_secret=True
    )
    cameras: Mapping[str, CameraConfig] = named_sections(
        CameraConfig, "The cameras.", name=camera_name, checks=(checks.zones_not_named_as_cameras,)
    )
