"""What a whole configuration says, as frozen dataclasses; a value that exists is valid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from .masks import Mask

type Arguments = tuple[str, ...]
"""ffmpeg arguments, one word each."""


class Role(StrEnum):
    """What an input of a camera is used for."""

    DETECT = "detect"
    CLIPS = "clips"
    RECORD = "record"
    RTMP = "rtmp"


class DetectorType(StrEnum):
    """Kinds of detectors."""

    CPU = "cpu"
    EDGETPU = "edgetpu"
    OPENVINO = "openvino"
    ZMQ = "zmq"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorConfig:
    """One detector; each runs in a process of its own."""

    name: str
    type: DetectorType
    device: str = "usb"
    num_threads: int = 3
    endpoint: str | None = None  # this and what follows: zmq only
    request_timeout_ms: int = 200
    linger_ms: int = 0


class TensorLayout(StrEnum):
    """Order of a model's input dimensions."""

    NHWC = "nhwc"
    NCHW = "nchw"


class InputType(StrEnum):
    """What a model takes: whole numbers, or floats of 0..1 or 0..255. The names are those of today's Frigate."""

    INT = "int"
    FLOAT = "float"
    FLOAT_DENORM = "float_denorm"


class ColorOrder(StrEnum):
    """Order of a model's input channels."""

    RGB = "rgb"
    BGR = "bgr"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """A model of the user's own; a member that is None is the bundled model's."""

    width: int | None = None
    height: int | None = None
    path: Path | None = None
    labelmap_path: Path | None = None
    labelmap: Mapping[int, str] = field(default_factory=dict)
    input_tensor: TensorLayout = TensorLayout.NHWC
    input_pixel_format: ColorOrder = ColorOrder.RGB
    input_type: InputType | None = None  # for models with float input; None: -1..1


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsConfig:
    """How a broker is trusted, and how it trusts us; `ca_certs` None: whom this machine trusts.

    is_insecure: the broker's certificate may be for another name.
    """

    ca_certs: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = None
    is_insecure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MqttConfig:
    """How to reach a broker of the user's own; `tls` None: in plain text."""

    host: str
    port: int = 1883
    topic_prefix: str = "frigate"
    client_id: str = "frigate"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    stats_interval_s: int = 60
    tls: TlsConfig | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseConfig:
    """Where events are stored; None: the default place."""

    path: Path | None = None
    url: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggerConfig:
    """Log levels, lower case as in the file; `logs` by the seed's module names."""

    default: str = "info"
    logs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainConfig:
    """Days that clips or snapshots are kept."""

    default: int = 10
    objects: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipsConfig:
    """The global `save_clips` section."""

    max_seconds: int = 300
    tmpfs_cache_size: str | None = None
    retain: RetainConfig = field(default_factory=RetainConfig)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraClipsConfig:
    """The `save_clips` section of a camera; `objects` None: all that are tracked."""

    enabled: bool = False
    pre_capture_s: int = 5
    post_capture_s: int = 5
    objects: tuple[str, ...] | None = None
    required_zones: tuple[str, ...] = ()
    retain: RetainConfig = field(default_factory=RetainConfig)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConfig:
    """24/7 recording."""

    enabled: bool = False
    retain_days: int = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputArguments:
    """ffmpeg output arguments by role."""

    detect: Arguments
    record: Arguments
    clips: Arguments
    rtmp: Arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class InputConfig:
    """One stream of a camera, its arguments inherited and its path substituted."""

    path: str = field(repr=False)  # holds a user and password as often as not
    roles: frozenset[Role]
    global_args: Arguments = ()
    hwaccel_args: Arguments = ()
    input_args: Arguments = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectFilter:
    """What a detection must be like to count, for one label."""

    min_area: int = 0
    max_area: int = 24_000_000
    min_score: float = 0.5
    threshold: float = 0.7
    mask: tuple[Mask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectsConfig:
    """Labels to track; `filters` has an entry for each of them."""

    track: tuple[str, ...] = ("person",)
    filters: Mapping[str, ObjectFilter] = field(default_factory=dict)
    mask: tuple[Mask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFilter:
    """What an object must be like to enter a zone, for one label."""

    min_area: int = 0
    max_area: int = 24_000_000
    threshold: float = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneConfig:
    """A polygon of a camera's frame; labels without a filter always pass."""

    name: str
    coordinates: tuple[tuple[int, int], ...]
    filters: Mapping[str, ZoneFilter] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionConfig:
    """Motion detection; `frame_height` None: a sixth of the frame's height."""

    threshold: float = 25
    contour_area: int = 100
    delta_alpha: float = 0.2
    frame_alpha: float = 0.2
    frame_height: int | None = None
    mask: tuple[Mask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectConfig:
    """Object detection; `max_disappeared` None: twice the frame rate."""

    enabled: bool = True
    max_disappeared: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFilesConfig:
    """One picture of each event on disk, as 0.8.4 has them; `height` None: as the frame."""

    enabled: bool = False
    timestamp: bool = False
    bounding_box: bool = False
    crop: bool = False
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotsConfig:
    """How the pictures of the debug view and of MQTT look; `height` None: as the frame.

    published and published_required_zones are about MQTT; files, retain and required_zones about pictures on disk.
    """

    show_timestamp: bool = True
    draw_zones: bool = False
    draw_bounding_boxes: bool = True
    crop_to_region: bool = True
    height: int | None = 175
    published: bool = True
    published_required_zones: tuple[str, ...] = ()
    files: SnapshotFilesConfig = field(default_factory=SnapshotFilesConfig)
    retain: RetainConfig = field(default_factory=RetainConfig)
    required_zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraConfig:
    """One camera. `mask` is for motion and objects alike.

    width and height are those of the detect stream; None: taken from the stream.
    """

    name: str
    inputs: tuple[InputConfig, ...]
    output_args: OutputArguments
    width: int | None = None
    height: int | None = None
    fps: int | None = None
    mask: tuple[Mask, ...] = ()
    best_image_timeout_s: int = 60
    zones: Mapping[str, ZoneConfig] = field(default_factory=dict)
    save_clips: CameraClipsConfig = field(default_factory=CameraClipsConfig)
    record: RecordConfig = field(default_factory=RecordConfig)
    rtmp_enabled: bool = True
    snapshots: SnapshotsConfig = field(default_factory=SnapshotsConfig)
    objects: ObjectsConfig = field(default_factory=ObjectsConfig)
    motion: MotionConfig = field(default_factory=MotionConfig)
    detect: DetectConfig = field(default_factory=DetectConfig)

    def input_for(self, role: Role) -> InputConfig | None:
        """Return the input that has this role, if any."""
        return next((source for source in self.inputs if role in source.roles), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A whole system. `detectors` empty: a USB Coral if there is one, else the CPU.

    directory is where relative paths (mask images, models) are looked for; environment holds the variables that the
    file sets for decoders and children (`environment_vars`); notes are sentences for the user about
    what was accepted but deserves a word (renamed keys, roles without their feature).
    """

    directory: Path
    cameras: Mapping[str, CameraConfig] = field(default_factory=dict)
    detectors: tuple[DetectorConfig, ...] = ()
    model: ModelConfig = field(default_factory=ModelConfig)
    mqtt: MqttConfig | None = None
    database: DatabaseConfig = field(default_factory=DatabaseConfig)
    logger: LoggerConfig = field(default_factory=LoggerConfig)
    save_clips: ClipsConfig = field(default_factory=ClipsConfig)
    snapshots_retain: RetainConfig = field(default_factory=RetainConfig)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = ()
