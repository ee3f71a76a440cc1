"""Which events need a clip or a snapshot, live or stored."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.frigate_native.engine.config.model import CameraClipsConfig, SnapshotsConfig
from custom_components.frigate_native.engine.event_rules import EventFacts, needs_clip, needs_snapshot
from custom_components.frigate_native.engine.messages import ObjectState
from custom_components.frigate_native.engine.store import StoredEvent
from tests.engine.builders import START, camera_config, object_state

CONFIRMED = object_state(false_positive=False, entered_zones=("yard",), end_time=START + 5)


def stored(state: ObjectState) -> StoredEvent:
    return StoredEvent(
        id=state.id,
        camera=state.camera,
        label=state.label,
        start_time=state.start_time,
        end_time=state.end_time,
        top_score=state.top_score,
        zones=state.entered_zones,
        is_manual=state.is_manual,
    )


@pytest.mark.parametrize("view", [lambda state: state, stored], ids=["live", "stored"])
@pytest.mark.parametrize(
    ("settings", "changes", "has_clip", "has_snapshot"),
    [
        ({}, {}, True, True),
        ({"enabled": False}, {}, False, False),
        ({"enabled": False}, {"is_manual": True}, False, False),
        ({"objects": ("car",)}, {}, False, True),
        ({"objects": ("car", "person")}, {}, True, True),
        ({"required_zones": ("yard", "path")}, {}, True, True),
        ({"required_zones": ("path",)}, {}, False, False),
        ({"required_zones": ("path",), "objects": ("car",)}, {"is_manual": True}, True, True),
    ],
    ids=["enabled", "disabled", "manual disabled", "other label", "label", "zone", "other zone", "manual"],
)
def test_configuration_decides_alike_for_live_and_stored_events(
    view: Any, settings: dict[str, Any], changes: dict[str, Any], has_clip: bool, has_snapshot: bool
) -> None:
    clips = CameraClipsConfig(**{"enabled": True} | settings)
    snapshots = SnapshotsConfig(**{"enabled": True} | {key: settings[key] for key in settings if key != "objects"})
    camera = camera_config(save_clips=clips, snapshots=snapshots)
    event: EventFacts = view(replace(CONFIRMED, **changes))
    assert needs_clip(camera, event) is has_clip
    assert needs_snapshot(camera, event) is has_snapshot


def test_object_that_was_never_confirmed_needs_nothing() -> None:
    camera = camera_config(save_clips=CameraClipsConfig(enabled=True), snapshots=SnapshotsConfig(enabled=True))
    event = replace(CONFIRMED, false_positive=True)
    assert not needs_clip(camera, event)
    assert not needs_snapshot(camera, event)


def test_state_of_a_stored_event_is_what_was_stored() -> None:
    state = stored(CONFIRMED).to_state()
    kept = replace(CONFIRMED, frame_time=START + 5, score=0.0, box=(0, 0, 0, 0), area=0, region=(0, 0, 0, 0))
    assert state == kept
