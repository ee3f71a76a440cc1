"""A configuration as the schema returns it: checked, but nothing inherited and no default filled in.

Keys are those of the file; a key that was not given is absent.
"""

from typing import Final, NotRequired, Required, TypedDict

from ..geometry import Point
from .masks import Mask
from .model import Arguments, ColorOrder, DetectorType, InputType, Role, TensorLayout

ANY_CA: Final = "auto"
"""In place of `mqtt.tls_ca_certs`: whom this machine trusts."""


class RawRetain(TypedDict, total=False):
    """Days to keep something."""

    default: int
    objects: dict[str, int]


class RawClips(TypedDict, total=False):
    """Global `save_clips`."""

    max_seconds: int
    tmpfs_cache_size: str
    retain: RawRetain


class RawCameraClips(TypedDict, total=False):
    """`save_clips` of a camera."""

    enabled: bool
    pre_capture: int
    post_capture: int
    objects: tuple[str, ...]
    required_zones: tuple[str, ...]
    retain: RawRetain


class RawRecord(TypedDict, total=False):
    """`record`, global or of a camera."""

    enabled: bool
    retain_days: int


class RawOutputs(TypedDict, total=False):
    """`output_args`."""

    detect: Arguments
    record: Arguments
    clips: Arguments
    rtmp: Arguments


class RawArguments(TypedDict, total=False):
    """The ffmpeg arguments that are inherited from camera and file."""

    global_args: Arguments
    hwaccel_args: Arguments
    input_args: Arguments


class RawInput(RawArguments):
    """One stream of a camera."""

    path: str
    roles: tuple[Role, ...]


class RawFfmpeg(RawArguments, total=False):
    """Global `ffmpeg`."""

    output_args: RawOutputs


class RawCameraFfmpeg(RawFfmpeg):
    """`ffmpeg` of a camera."""

    inputs: tuple[RawInput, ...]


class RawFilter(TypedDict, total=False):
    """One label of `objects.filters`."""

    min_area: int
    max_area: int
    min_score: float
    threshold: float
    mask: tuple[Mask, ...]


class RawObjects(TypedDict, total=False):
    """`objects`, global or of a camera."""

    track: tuple[str, ...]
    filters: dict[str, RawFilter]
    mask: tuple[Mask, ...]


class RawZoneFilter(TypedDict, total=False):
    """One label of a zone's filters."""

    min_area: int
    max_area: int
    threshold: float


class RawZone(TypedDict):
    """One zone."""

    coordinates: tuple[Point, ...]
    filters: NotRequired[dict[str, RawZoneFilter]]


class RawMotion(TypedDict, total=False):
    """`motion`, global or of a camera."""

    threshold: float
    contour_area: int
    delta_alpha: float
    frame_alpha: float
    frame_height: int
    mask: tuple[Mask, ...]


class RawDetect(TypedDict, total=False):
    """`detect`, global or of a camera."""

    enabled: bool
    max_disappeared: int


class RawRtmp(TypedDict, total=False):
    """`rtmp` of a camera."""

    enabled: bool


class RawSnapshots(TypedDict, total=False):
    """`snapshots` of a camera: the seed's keys, then those of 0.8.4 for files."""

    show_timestamp: bool
    draw_zones: bool
    draw_bounding_boxes: bool
    crop_to_region: bool
    height: int
    enabled: bool
    timestamp: bool
    bounding_box: bool
    crop: bool
    required_zones: tuple[str, ...]
    retain: RawRetain


class RawCommonSnapshots(TypedDict, total=False):
    """Global `snapshots`."""

    retain: RawRetain


class RawPublished(TypedDict, total=False):
    """`mqtt` of a camera, as in 0.8.4."""

    enabled: bool
    timestamp: bool
    bounding_box: bool
    crop: bool
    height: int
    required_zones: tuple[str, ...]


class RawCamera(TypedDict, total=False):
    """One camera."""

    ffmpeg: Required[RawCameraFfmpeg]
    width: int
    height: int
    fps: int
    mask: tuple[Mask, ...]
    best_image_timeout: int
    zones: dict[str, RawZone]
    save_clips: RawCameraClips
    clips: RawCameraClips
    record: RawRecord
    rtmp: RawRtmp
    snapshots: RawSnapshots
    mqtt: RawPublished
    objects: RawObjects
    motion: RawMotion
    detect: RawDetect


class RawLogger(TypedDict, total=False):
    """`logger`."""

    default: str
    logs: dict[str, str]


class RawDatabase(TypedDict, total=False):
    """`database`."""

    path: str
    url: str


class RawDetector(TypedDict, total=False):
    """One detector."""

    type: DetectorType
    device: str
    num_threads: int
    endpoint: str
    request_timeout_ms: int
    linger_ms: int


class RawModel(TypedDict, total=False):
    """`model`."""

    width: int
    height: int
    path: str
    labelmap_path: str
    labelmap: dict[int, str]
    input_tensor: TensorLayout
    input_pixel_format: ColorOrder
    input_dtype: InputType


class RawMqtt(TypedDict, total=False):
    """`mqtt`."""

    host: Required[str]
    port: int
    topic_prefix: str
    client_id: str
    user: str
    password: str
    stats_interval: int
    tls_ca_certs: str
    tls_client_cert: str
    tls_client_key: str
    tls_insecure: bool


class RawConfig(TypedDict, total=False):
    """A whole file."""

    mqtt: RawMqtt
    database: RawDatabase
    detectors: dict[str, RawDetector]
    model: RawModel
    logger: RawLogger
    save_clips: RawClips
    clips: RawClips
    record: RawRecord
    ffmpeg: RawFfmpeg
    objects: RawObjects
    motion: RawMotion
    detect: RawDetect
    snapshots: RawCommonSnapshots
    environment_vars: dict[str, str]
    cameras: dict[str, RawCamera]
