"""Builds the recording plan of a configuration."""

import math
from collections.abc import Iterator

from ..engine.config.model import CameraConfig, Config, InputConfig, RecordingLayout, Role
from ..engine.media.recorded_video import can_use_recordings
from ..recorder.plan import InputPlan, Plan


def recorded_cameras(config: Config) -> frozenset[str]:
    """Return the cameras that are recorded around the clock."""
    return frozenset(name for name, camera in config.cameras.items() if _is_recorded(camera))


def restreamed_cameras(config: Config) -> frozenset[str]:
    """Return the cameras that are restreamed by RTMP."""
    return frozenset(name for name, camera in config.cameras.items() if _is_restreamed(camera))


def build_plan(config: Config, time_zone: str, *, records: bool = True, restreams: bool = True) -> Plan:
    """Return the plan, with recording, restreams or both; time_zone is an IANA name."""
    return Plan(
        time_zone=time_zone,
        inputs=tuple(
            item for camera in config.cameras.values() for item in _inputs(camera, records=records, restreams=restreams)
        ),
        retain_days={name: math.ceil(_longest_days(camera)) for name, camera in config.cameras.items()},
    )


def _inputs(camera: CameraConfig, *, records: bool, restreams: bool) -> Iterator[InputPlan]:
    for source in camera.inputs if camera.enabled else ():
        is_recorded = records and camera.record.enabled and Role.RECORD in source.roles
        is_restreamed = restreams and camera.rtmp.enabled and Role.RTMP in source.roles
        if is_recorded or is_restreamed:
            yield _input(camera, source, is_recorded=is_recorded, is_restreamed=is_restreamed)


def _input(camera: CameraConfig, source: InputConfig, *, is_recorded: bool, is_restreamed: bool) -> InputPlan:
    return InputPlan(
        camera=camera.name,
        path=source.path,
        global_args=source.global_args,
        hwaccel_args=source.hwaccel_args,
        input_args=source.input_args,
        record=camera.output_args.record if is_recorded else None,
        rtmp=camera.output_args.rtmp if is_restreamed else None,
        is_utc=camera.record.layout is RecordingLayout.UTC,
    )


def _longest_days(camera: CameraConfig) -> float:
    """Return for how many days anything needs recordings of a camera, clips included."""
    retain = camera.save_clips.retain
    clips = (retain.default, *retain.objects.values()) if can_use_recordings(camera) else ()
    return max(camera.record.longest_days, *clips) if clips else camera.record.longest_days


def _is_recorded(camera: CameraConfig) -> bool:
    return camera.enabled and camera.record.enabled and camera.input_for(Role.RECORD) is not None


def _is_restreamed(camera: CameraConfig) -> bool:
    return camera.enabled and camera.rtmp.enabled and camera.input_for(Role.RTMP) is not None
