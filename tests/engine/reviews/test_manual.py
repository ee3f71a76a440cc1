"""Events made by hand are review items of their own."""

from dataclasses import replace

from custom_components.frigate_native.engine.config.model import AlertsConfig, DetectionsConfig, ReviewConfig
from custom_components.frigate_native.engine.messages import EventMessage, EventType, ReviewMessage, Severity
from custom_components.frigate_native.engine.reviews import ManualReviews
from tests.engine.builders import START, event_message


def doorbell(kind: EventType) -> EventMessage:
    message = event_message(kind, seconds=5, event_id="1.5-bell")
    after = replace(message.after, label="doorbell", is_manual=True)
    return replace(message, after=replace(after, end_time=START + 30) if kind is EventType.END else after)


def reported(config: ReviewConfig) -> list[ReviewMessage]:
    messages: list[ReviewMessage] = []
    reviews = ManualReviews(lambda: config, messages.append)
    for kind in EventType:
        reviews.receive(doorbell(kind))
    return messages


def test_event_is_an_alert_from_its_start_to_its_end() -> None:
    new, end = reported(ReviewConfig())

    assert (new.type, new.before, new.after.end_time) == (EventType.NEW, new.after, None)
    assert (end.type, end.before, end.after.end_time) == (EventType.END, new.after, START + 30)
    assert end.after.severity is Severity.ALERT
    assert (end.after.event_ids, end.after.labels) == (("1.5-bell",), ("doorbell",))
    assert end.after.id != "1.5-bell"


def test_label_among_the_detections_makes_a_detection() -> None:
    new, _ = reported(ReviewConfig(detections=DetectionsConfig(labels=("doorbell",))))

    assert new.after.severity is Severity.DETECTION


def test_severity_that_is_off_gets_no_item() -> None:
    off = ReviewConfig(alerts=AlertsConfig(enabled=False))

    assert reported(off) == []
    assert len(reported(ReviewConfig(alerts=off.alerts, detections=DetectionsConfig(labels=("doorbell",))))) == 2
