"""What others add to ongoing events."""

from dataclasses import replace

from custom_components.frigate_native.engine.event_details import EventNotes
from custom_components.frigate_native.engine.events.notes import NoteBoard
from custom_components.frigate_native.engine.messages import EventMessage, EventType
from tests.engine.builders import event_message


def sub_labels(message: EventMessage) -> tuple[str | None, str | None]:
    return message.before.sub_label, message.after.sub_label


def test_note_is_in_all_later_messages_of_the_event() -> None:
    board = NoteBoard()
    new, update, end = map(event_message, EventType)
    assert board.apply(new) is new
    assert board.change(new.after.id, sub_label="Ann", sub_label_score=0.8)
    assert sub_labels(board.apply(update)) == (None, "Ann")
    assert sub_labels(board.apply(update)) == ("Ann", "Ann")
    assert board.apply(end).to_payload()["after"]["sub_label"] == ["Ann", 0.8]
    assert not board.change(new.after.id, sub_label="Bob")
    assert board.apply(new) is new  # nothing is remembered of an event that is over


def test_unknown_event_cannot_be_noted() -> None:
    assert not NoteBoard().change("unknown", description="nothing")


def test_description_that_an_event_began_with_stays_until_it_is_changed() -> None:
    board = NoteBoard()
    made = event_message(EventType.NEW)
    made = replace(made, after=replace(made.after, notes=EventNotes(sub_label="Door")))
    assert board.apply(made) is made
    board.change(made.after.id, plate="XY 1")
    again = board.apply(made)
    assert (again.after.sub_label, again.after.notes.plate) == ("Door", "XY 1")
