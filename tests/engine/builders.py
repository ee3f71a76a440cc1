"""Small things that engine tests are made of."""

from dataclasses import replace
from typing import Any

import numpy as np
from av.video.frame import VideoFrame

from custom_components.frigate_native.engine.config.model import (
    CameraConfig,
    CameraFfmpegConfig,
    ObjectFilter,
    ObjectsConfig,
    OutputArguments,
)
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.geometry import Box, Size
from custom_components.frigate_native.engine.messages import (
    EventMessage,
    EventType,
    ObjectState,
    ReviewState,
    Severity,
    SnapshotMessage,
)
from custom_components.frigate_native.engine.objects import Place, TrackedObject
from custom_components.frigate_native.engine.pictures import Picture

START = 1_700_000_000.0
SIZE = Size(1280, 720)


def frame_at(seconds: float, size: Size = SIZE, gray: int = 90) -> Frame:
    """Return a plain gray frame of that many seconds after START."""
    planes = np.full((size.height * 3 // 2, size.width), 128, np.uint8)
    planes[: size.height] = gray
    return Frame(VideoFrame.from_ndarray(planes, "yuv420p"), START + seconds, round(seconds * 5))


def camera_config(name: str = "back", labels: tuple[str, ...] = ("person",), **changes: Any) -> CameraConfig:
    """Return a camera without inputs that tracks these labels with the default filters."""
    return CameraConfig(
        name=name,
        ffmpeg=CameraFfmpegConfig(inputs=(), output_args=OutputArguments(detect=(), record=(), clips=(), rtmp=())),
        objects=ObjectsConfig(track=labels, filters={label: ObjectFilter() for label in labels}),
        **changes,
    )


def tracked_object(
    box: Box, *, seconds: float = 0, score: float = 0.9, name: str = "a", label: str = "person"
) -> TrackedObject:
    """Return an object that was first seen at START and last at START + seconds, there."""
    return TrackedObject(
        id=f"{START}-{name}",
        label=label,
        score=score,
        box=box,
        seen_box=box,
        region=(0, 0, 300, 300),
        start_time=START,
        frame_time=START + seconds,
        last_checked=START + seconds,
        last_motion=START + seconds,
        is_established=True,
        place=Place(box),
    )


def event_message(
    kind: EventType, *, seconds: float = 0, camera: str = "back", event_id: str = f"{START}-abc123"
) -> EventMessage:
    """Return a message about an event, sent in that second."""
    before = object_state(id=event_id, camera=camera, frame_time=START + seconds)
    end_time = START + seconds if kind is EventType.END else None
    return EventMessage(type=kind, before=before, after=replace(before, false_positive=False, end_time=end_time))


def object_state(**changes: Any) -> ObjectState:
    """Return a person's state, false positive so far."""
    state = ObjectState(
        id=f"{START}-abc123",
        camera="back",
        frame_time=START,
        label="person",
        top_score=0.0,
        false_positive=True,
        start_time=START,
        end_time=None,
        score=0.8,
        box=(400, 200, 460, 340),
        area=60 * 140,
        region=(300, 150, 600, 450),
        current_zones=(),
        entered_zones=(),
    )
    return replace(state, **changes)


def snapshot_message(camera: str, label: str, entered_zones: tuple[str, ...] = ()) -> SnapshotMessage:
    """Return a new best picture."""
    picture = Picture(
        camera=camera,
        label=label,
        event_id=f"{START}-abc123",
        frame=frame_at(0),
        score=0.8,
        box=(400, 200, 460, 340),
        area=60 * 140,
        entered_zones=entered_zones,
    )
    return SnapshotMessage(camera=camera, label=label, picture=picture)


def review_state(camera: str, end_time: float | None) -> ReviewState:
    """Return an alert that began at START."""
    return ReviewState(
        id=f"{START}-review",
        camera=camera,
        severity=Severity.ALERT,
        start_time=START,
        end_time=end_time,
        event_ids=(f"{START}-a",),
        labels=("person",),
        zones=(),
        last_time=end_time or START,
    )
