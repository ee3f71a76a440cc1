# ruff: noqa: RUF009  # key() and the like return dataclass fields
"""All keys of a configuration, as frozen dataclasses: what is declared here is all there is to know about a key.

A field's name is the key's, or says its unit. A value that exists is valid.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final, cast

from ..geometry import Point
from . import checks, forms
from .files_beside import authorities, existing_file, file, masks
from .keys import (
    Checks,
    Former,
    FormField,
    Inheritance,
    Written,
    key,
    named_sections,
    named_tuple,
    named_values,
    optional_section,
    required_key,
    required_list,
    required_section,
    section,
)
from .masks import Mask
from .validators import (
    Choice,
    Items,
    LogLevel,
    Number,
    Validator,
    Whole,
    arguments,
    cache_size,
    camera_name,
    database_url,
    endpoint,
    flag,
    host_name,
    label,
    label_map,
    labels,
    polygon,
    safe_name,
    text,
    text_or_empty,
    topic_prefix,
    variable_name,
    variable_value,
    zone_names,
)

type Arguments = tuple[str, ...]
"""ffmpeg arguments, one word each."""

_YEARS: Final = 3650  # days that a form offers to keep something
_MINUTE: Final = 60  # seconds that a form offers before and after an event
_SEGMENTS: Final = "-f segment -segment_time {} -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"


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


def _usual_device(detector: Written) -> str:
    return "AUTO" if detector.get("type") is DetectorType.OPENVINO else "usb"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorConfig:
    """One detector; each runs in its own process."""

    CHECKS: ClassVar[Checks] = {("type", *checks.ZMQ_KEYS): checks.endpoint_with_zmq}

    name: str
    type: DetectorType = key(Choice(DetectorType), DetectorType.EDGETPU, "What runs the model.")
    device: str = key(
        text_or_empty,
        "usb",
        "Which Coral (`usb`, `usb:0`, `pci`) or OpenVINO device (`AUTO`, `CPU`, `GPU`).",
        default_from=_usual_device,
        form=FormField(forms.DETECTOR, is_optional=True),
    )
    num_threads: int = key(Whole(1), 3, "Threads of a CPU detector.", form=FormField(forms.DETECTOR, most=16))
    endpoint: str | None = key(
        endpoint,
        None,
        "Address of a `zmq` detector: `tcp://host:port`.",
        has_variables=True,
        form=FormField(forms.DETECTOR),
    )
    request_timeout_ms: int = key(Whole(1, 10_000), 200, "How long a `zmq` detector may take.", unit="ms")
    linger_ms: int = key(Whole(), 0, "How long unsent requests to a `zmq` detector are kept.", unit="ms")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """A model of your own; a key that is None is the bundled model's."""

    CHECKS: ClassVar[Checks] = {("width", "height"): checks.model_size}

    width: int | None = key(Whole(1), None, "Width of the model's input.", unit="px")
    height: int | None = key(Whole(1), None, "Height of the model's input.", unit="px")
    path: Path | None = key(existing_file, None, "Your own model.")
    labelmap_path: Path | None = key(existing_file, None, "Labels of your own model.")
    labelmap: Mapping[int, str] = key(label_map, {}, "Other names for single labels by their number: `7: car`.")
    input_tensor: TensorLayout = key(Choice(TensorLayout), TensorLayout.NHWC, "Order of the input's dimensions.")
    input_pixel_format: ColorOrder = key(Choice(ColorOrder), ColorOrder.RGB, "Order of the input's colors.")
    input_type: InputType | None = key(
        Choice(InputType),
        None,
        "What a model with float input takes: `float` (0..1) or `float_denorm` (0..255); by default -1..1.",
        name="input_dtype",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TlsConfig:
    """How the broker is verified and how it verifies us; `ca_certs` None: the authorities that this machine trusts.

    is_insecure: the broker's certificate may be for another name.
    """

    ca_certs: Path | None = None
    client_cert: Path | None = None
    client_key: Path | None = None
    is_insecure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MqttConfig:
    """Your own broker; without `tls_ca_certs` the connection is in plain text."""

    CHECKS: ClassVar[Checks] = {
        ("tls_ca_certs", "tls_client_cert", "tls_client_key", "tls_insecure"): checks.whole_tls,
    }

    host: str = required_key(
        host_name, "Name or IP address of the broker.", form=FormField(forms.MQTT, is_optional=True)
    )
    port: int = key(Whole(1, 65535), 1883, "Port of the broker.", form=FormField(forms.MQTT))
    topic_prefix: str = key(topic_prefix, "frigate", "What all topics begin with.", has_variables=True)
    client_id: str = key(
        text,
        "frigate",
        "Client ID; each client of a broker needs its own.",
        has_variables=True,
        form=FormField(forms.MQTT, default="frigate_native"),
    )
    user: str | None = key(
        text, None, "User on the broker.", has_variables=True, form=FormField(forms.MQTT, name="username")
    )
    password: str | None = key(
        text, None, "Password on the broker.", has_variables=True, is_secret=True, form=FormField(forms.MQTT)
    )
    stats_interval_s: int = key(Whole(1), 60, "Time between two statistics.", name="stats_interval", unit="s")
    qos: int = key(Whole(0, 2), 0, "Quality of service of all topics.", form=FormField(forms.MQTT))
    tls_ca_certs: str | None = key(
        authorities,
        None,
        "Turns on TLS: certificate of the broker's CA, or `auto` for the authorities that this machine trusts.",
        form=FormField(forms.MQTT),
    )
    tls_client_cert: Path | None = key(existing_file, None, "Certificate of this client.", form=FormField(forms.MQTT))
    tls_client_key: Path | None = key(
        existing_file, None, "Key of this client's certificate.", form=FormField(forms.MQTT)
    )
    tls_insecure: bool = key(flag, False, "Accept a certificate for another name.", form=FormField(forms.MQTT))

    @property
    def tls(self) -> TlsConfig | None:
        """What the keys of TLS say together; None: no TLS."""
        if self.tls_ca_certs is None:
            return None
        return TlsConfig(
            ca_certs=None if self.tls_ca_certs == checks.ANY_CA else Path(self.tls_ca_certs),
            client_cert=self.tls_client_cert,
            client_key=self.tls_client_key,
            is_insecure=self.tls_insecure,
        )


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
    logs: Mapping[str, str] = named_values(Choice(LogLevel), "Log levels of single modules.", name=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainConfig:
    """Days that clips or snapshots are kept."""

    default: int = key(
        Whole(),
        10,
        "Days that events are kept.",
        unit="d",
        form=FormField(forms.EVENTS, name="event_days", most=_YEARS),
    )
    objects: Mapping[str, int] = named_values(Whole(), "Days for single labels: `person: 15`.", name=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipsConfig:
    """The global `save_clips` section."""

    max_seconds: int = key(Whole(1), 300, "Longest clip.", unit="s")
    tmpfs_cache_size: str | None = key(cache_size, None, "Size of the cache in memory: `256m`.")
    retain: RetainConfig = section(RetainConfig, "How long clips are kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraClipsConfig:
    """The `save_clips` section of a camera; `objects` None: all tracked ones."""

    enabled: bool = key(
        flag, False, "Save a clip of each event.", form=FormField(forms.EVENTS, name="clips", default=True)
    )
    pre_capture_s: int = key(
        Whole(),
        5,
        "Seconds before the event.",
        name="pre_capture",
        unit="s",
        form=FormField(forms.EVENTS, most=_MINUTE),
    )
    post_capture_s: int = key(
        Whole(),
        5,
        "Seconds after the event.",
        name="post_capture",
        unit="s",
        form=FormField(forms.EVENTS, most=_MINUTE),
    )
    objects: tuple[str, ...] | None = key(labels, None, "Labels to save clips of; by default all tracked ones.")
    required_zones: tuple[str, ...] = key(zone_names, (), "Save clips only of objects that were in one of these.")
    retain: RetainConfig = section(RetainConfig, "How long clips are kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConfig:
    """24/7 recording."""

    enabled: bool = key(flag, False, "Record around the clock.", form=FormField(forms.RECORDING, name="record"))
    retain_days: int = key(
        Whole(), 30, "Days that recordings are kept.", unit="d", form=FormField(forms.RECORDING, most=_YEARS)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RtmpConfig:
    """Restream of a camera."""

    enabled: bool = key(
        flag,
        True,
        "Restream the input that has the role `rtmp`.",
        form=FormField(forms.RECORDING, "restream", default=False),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputArguments:
    """ffmpeg output arguments by role."""

    detect: Arguments = key(arguments, ("-f", "rawvideo", "-pix_fmt", "yuv420p"), "For detection.")
    record: Arguments = key(arguments, tuple(_SEGMENTS.format(60).split()), "For recordings.")
    clips: Arguments = key(arguments, tuple(_SEGMENTS.format(10).split()), "For clips.")
    rtmp: Arguments = key(arguments, ("-c", "copy", "-f", "flv"), "For the restream.")


_roles: Final = cast("Validator[frozenset[Role]]", Items(Choice(Role), "[detect, rtmp]", 1))  # a set once it is built


@dataclass(frozen=True, slots=True, kw_only=True)
class InputConfig:
    """One stream of a camera, its arguments inherited and its path substituted."""

    path: str = required_key(text, "Address of the stream, or a video file.", has_variables=True, is_secret=True)
    roles: frozenset[Role] = required_key(_roles, "What the stream is used for.")
    global_args: Arguments = key(arguments, (), "Instead of the camera's.", is_secret=True)
    hwaccel_args: Arguments = key(arguments, (), "Instead of the camera's.", is_secret=True)
    input_args: Arguments = key(arguments, (), "Instead of the camera's.", is_secret=True)

    def __post_init__(self) -> None:
        """Forget the order of the roles."""
        object.__setattr__(self, "roles", frozenset(self.roles))


@dataclass(frozen=True, slots=True, kw_only=True)
class FfmpegConfig:
    """ffmpeg arguments."""

    global_args: Arguments = key(
        arguments, ("-hide_banner", "-loglevel", "fatal"), "Arguments before all others.", is_secret=True
    )
    hwaccel_args: Arguments = key(arguments, (), "Arguments for hardware decoding.", is_secret=True)
    input_args: Arguments = key(
        arguments,
        (
            *("-avoid_negative_ts", "make_zero", "-fflags", "+genpts+discardcorrupt", "-rtsp_transport", "tcp"),
            *("-stimeout", "5000000", "-use_wallclock_as_timestamps", "1"),
        ),
        "Arguments before the address.",
        is_secret=True,
        form=FormField(forms.ADVANCED, is_optional=True),
    )
    output_args: OutputArguments = section(OutputArguments, "Arguments after the address, by role.", is_secret=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraFfmpegConfig(FfmpegConfig):
    """The `ffmpeg` section of a camera."""

    CHECKS: ClassVar[Checks] = {("inputs",): checks.each_role_once}

    inputs: tuple[InputConfig, ...] = required_list(
        InputConfig, "The camera's streams.", example="- path: … and roles: [detect]"
    )


_SCORE: Final = Number(0, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectFilter:
    """What a detection must be like to count, for one label."""

    CHECKS: ClassVar[Checks] = {("min_area", "max_area"): checks.least_below_most}

    min_score: float = key(_SCORE, 0.5, "Lowest score of a detection.", form=FormField(forms.FILTERS))
    threshold: float = key(_SCORE, 0.7, "Lowest median score of an object.", form=FormField(forms.FILTERS))
    min_area: int = key(Whole(), 0, "Smallest box, width times height.", unit="px", form=FormField(forms.FILTERS))
    max_area: int = key(
        Whole(), checks.MAX_AREA, "Largest box, width times height.", unit="px", form=FormField(forms.FILTERS)
    )
    mask: tuple[Mask, ...] = key(masks, (), "Ignore objects with this label here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectsConfig:
    """Labels to track; `filters` has an entry for each of them."""

    track: tuple[str, ...] = key(labels, ("person",), "Labels to track.", form=FormField(name="objects"))
    filters: Mapping[str, ObjectFilter] = named_sections(
        ObjectFilter, "Filters by label.", name=label, inheritance=Inheritance.SECTION
    )
    mask: tuple[Mask, ...] = key(
        masks,
        (),
        "Ignore objects here.",
        inheritance=Inheritance.SECTION,
        form=FormField(forms.AREAS, name="object_masks"),
    )

    def __post_init__(self) -> None:
        """Fill in the filters of tracked labels."""
        object.__setattr__(self, "filters", {name: ObjectFilter() for name in self.track} | dict(self.filters))


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFilter:
    """What an object must be like to enter a zone, for one label."""

    CHECKS: ClassVar[Checks] = {("min_area", "max_area"): checks.least_below_most}

    min_area: int = key(Whole(), 0, "Smallest box, width times height.", unit="px")
    max_area: int = key(Whole(), checks.MAX_AREA, "Largest box, width times height.", unit="px")
    threshold: float = key(_SCORE, 0.7, "Lowest median score of an object.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneConfig:
    """A polygon of a camera's frame; labels without a filter always pass."""

    name: str
    coordinates: tuple[Point, ...] = required_key(polygon, "Corners in pixels of the frame: `x,y,x,y,…`.")
    filters: Mapping[str, ZoneFilter] = named_sections(ZoneFilter, "Filters by label.", name=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionConfig:
    """Motion detection; `frame_height` None: a sixth of the frame's height."""

    threshold: float = key(Number(1, 255), 25.0, "Change of a pixel's brightness that counts.")
    contour_area: int = key(Whole(), 100, "Smallest area of motion, at `frame_height`.", unit="px")
    delta_alpha: float = key(Number(0, 1), 0.2, "Weight of a frame in the average of changes.")
    frame_alpha: float = key(Number(0, 1), 0.2, "Weight of a frame in the background.")
    frame_height: int | None = key(
        Whole(1), None, "Height of the frame that motion is detected in; by default a sixth of the camera's.", unit="px"
    )
    mask: tuple[Mask, ...] = key(masks, (), "Ignore motion here.", form=FormField(forms.AREAS, name="motion_masks"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectConfig:
    """Object detection; `max_disappeared` None: twice the frame rate."""

    enabled: bool = key(flag, True, "Detect objects.")
    max_disappeared: int | None = key(
        Whole(), None, "Frames without a detection after which an object is gone; by default twice the frame rate."
    )


def _describes_files(camera: Written) -> bool:
    """Tell whether `snapshots.height` has its meaning since Frigate 0.8.4: the height of pictures on disk."""
    snapshots = camera.get("snapshots", {})
    has_file_keys = "mqtt" in camera or not {"enabled", "timestamp", "bounding_box", "crop"}.isdisjoint(snapshots)
    older = {"show_timestamp", "draw_zones", "draw_bounding_boxes", "crop_to_region"}
    return has_file_keys and older.isdisjoint(snapshots)


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalSnapshotsConfig:
    """The global `snapshots` section."""

    retain: RetainConfig = section(RetainConfig, "How long snapshots are kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotsConfig:
    """One picture of each event on disk; `height` None: that of the frame. draw_zones is for the debug view."""

    enabled: bool = key(
        flag, False, "Save a picture of each event.", form=FormField(forms.EVENTS, name="snapshots", default=True)
    )
    timestamp: bool = key(flag, False, "Draw the time.")
    bounding_box: bool = key(flag, False, "Draw the object's box.")
    crop: bool = key(flag, False, "Cut the picture to the object.")
    height: int | None = key(Whole(1), None, "Height of the picture; by default that of the frame.", unit="px")
    required_zones: tuple[str, ...] = key(zone_names, (), "Save pictures only of objects that were in one of these.")
    retain: RetainConfig = section(RetainConfig, "How long snapshots are kept.")
    draw_zones: bool = key(flag, False, "Draw zones in the debug view.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedConfig:
    """The `mqtt` section of a camera: the pictures that are published, and how the best picture looks."""

    enabled: bool = key(flag, True, "Publish pictures over MQTT.")
    timestamp: bool = key(
        flag, True, "Draw the time on published pictures.", former=(Former("snapshots.show_timestamp"),)
    )
    bounding_box: bool = key(
        flag, True, "Draw the box on published pictures.", former=(Former("snapshots.draw_bounding_boxes"),)
    )
    crop: bool = key(flag, True, "Cut published pictures to the object.", former=(Former("snapshots.crop_to_region"),))
    height: int | None = key(
        Whole(1),
        175,
        "Height of the picture.",
        unit="px",
        former=(Former("snapshots.height", when=lambda camera: not _describes_files(camera)),),
    )
    required_zones: tuple[str, ...] = key(zone_names, (), "Publish pictures only of objects that were in one of these.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraConfig:
    """One camera. `mask` is for motion and objects alike.

    width and height are those of the detect stream; None: taken from the stream.
    """

    CHECKS: ClassVar[Checks] = {
        ("width", "height"): checks.whole_size,
        ("zones", "save_clips", "snapshots", "mqtt"): checks.known_zones,
    }

    name: str
    ffmpeg: CameraFfmpegConfig = required_section(
        CameraFfmpegConfig, "Streams and ffmpeg arguments.", is_inherited=True
    )
    width: int | None = key(Whole(1), None, "Width of the detect stream; by default taken from the stream.", unit="px")
    height: int | None = key(Whole(1), None, "Height of the detect stream; by default taken from it.", unit="px")
    fps: int | None = key(
        Whole(1),
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
    snapshots: SnapshotsConfig = section(SnapshotsConfig, "Pictures of events on disk.", is_inherited=True)
    mqtt: PublishedConfig = section(PublishedConfig, "Pictures that are published.")
    objects: ObjectsConfig = section(ObjectsConfig, "Objects to track.", is_inherited=True)
    motion: MotionConfig = section(MotionConfig, "Motion detection.", is_inherited=True)
    detect: DetectConfig = section(DetectConfig, "Object detection.", is_inherited=True)

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A whole system. `detectors` empty: a USB Coral if there is one, else the CPU.

    directory is where relative paths are looked for. notes are sentences for the user about what was accepted but
    deserves attention (renamed keys, roles without their feature). The sections from ffmpeg to detect are those that
    cameras inherit.
    """

    directory: Path
    notes: tuple[str, ...] = ()

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
