"""Events in the store that no camera has seen."""

from custom_components.frigate_native.engine.objects import new_id
from custom_components.frigate_native.engine.store import EventStore, EventWrite, StoredEvent
from tests.engine.builders import object_state


def store_event(
    store: EventStore,
    camera: str,
    label: str,
    *,
    start_time: float,
    end_time: float | None,
    top_score: float = 0.0,
    zones: tuple[str, ...] = (),
    thumbnail: bytes | None = None,
) -> StoredEvent:
    """Store an event as the recorder does, under a new id, and return it as it is read."""
    state = object_state(
        id=new_id(start_time),
        camera=camera,
        label=label,
        false_positive=False,
        start_time=start_time,
        frame_time=start_time,
        end_time=end_time,
        top_score=top_score,
        entered_zones=zones,
    )
    store.write([EventWrite(state=state, jpeg=thumbnail)])
    event = store.event(state.id)
    assert event is not None
    return event
