"""All keys of a configuration, as frozen dataclasses: what is declared here is all there is to know about a key.

A field's name is the key's, or says its unit. A value that exists is valid.
"""

from .broker import MqttConfig, TlsConfig
from .camera import CameraConfig
from .detectors import ColorOrder, DetectorConfig, DetectorType, InputType, ModelConfig, ModelType, TensorLayout
from .ffmpeg import Arguments, CameraFfmpegConfig, FfmpegConfig, InputConfig, OutputArguments, Role
from .media import (
    CameraClipsConfig,
    ClipsConfig,
    ContinuousConfig,
    GlobalSnapshotsConfig,
    MotionRecordingsConfig,
    PreviewConfig,
    PreviewQuality,
    PublishedConfig,
    RecordAlertsConfig,
    RecordConfig,
    RecordDetectionsConfig,
    RecordingLayout,
    RetainAlertsConfig,
    RetainConfig,
    RetainDetectionsConfig,
    RetainMode,
    RtmpConfig,
    SnapshotsConfig,
)
from .objects import (
    DetectConfig,
    MaxFramesConfig,
    MotionConfig,
    ObjectFilter,
    ObjectsConfig,
    StationaryConfig,
    UnitSystem,
    ZoneConfig,
    ZoneFilter,
)
from .review import AlertsConfig, DetectionsConfig, ReviewConfig
from .system import Config, DatabaseConfig, LoggerConfig

__all__ = [
    "AlertsConfig",
    "Arguments",
    "CameraClipsConfig",
    "CameraConfig",
    "CameraFfmpegConfig",
    "ClipsConfig",
    "ColorOrder",
    "Config",
    "ContinuousConfig",
    "DatabaseConfig",
    "DetectConfig",
    "DetectionsConfig",
    "DetectorConfig",
    "DetectorType",
    "FfmpegConfig",
    "GlobalSnapshotsConfig",
    "InputConfig",
    "InputType",
    "LoggerConfig",
    "MaxFramesConfig",
    "ModelConfig",
    "ModelType",
    "MotionConfig",
    "MotionRecordingsConfig",
    "MqttConfig",
    "ObjectFilter",
    "ObjectsConfig",
    "OutputArguments",
    "PreviewConfig",
    "PreviewQuality",
    "PublishedConfig",
    "RecordAlertsConfig",
    "RecordConfig",
    "RecordDetectionsConfig",
    "RecordingLayout",
    "RetainAlertsConfig",
    "RetainConfig",
    "RetainDetectionsConfig",
    "RetainMode",
    "ReviewConfig",
    "Role",
    "RtmpConfig",
    "SnapshotsConfig",
    "StationaryConfig",
    "TensorLayout",
    "TlsConfig",
    "UnitSystem",
    "ZoneConfig",
    "ZoneFilter",
]
