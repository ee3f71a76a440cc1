"""What a camera sees is summed up each second."""

from custom_components.frigate_native.engine.events.activity import ActivityMeter
from custom_components.frigate_native.engine.messages import ActivityMessage, Message


def test_frames_of_a_second_are_summed_up() -> None:
    messages: list[Message] = []
    meter = ActivityMeter("back", messages.append)
    for time, motion, objects in ((10.0, 1, 0), (10.9, 2, 1), (11.1, 0, 0), (13.5, 4, 2)):
        meter.add(time, motion=motion, objects=objects)
    meter.flush()
    meter.flush()
    assert messages == [
        ActivityMessage(camera="back", time=10.0, motion=3, objects=1),
        ActivityMessage(camera="back", time=11.0, motion=0, objects=0),
        ActivityMessage(camera="back", time=13.0, motion=4, objects=2),
    ]
