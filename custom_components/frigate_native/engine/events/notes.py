"""What people, automations and recognizers add to ongoing events."""

import threading
from dataclasses import replace
from typing import Any

from ..event_details import EventNotes
from ..messages import EventMessage, EventType


class NoteBoard:
    """Keeps the notes of ongoing events, and adds them to the events' messages. For any thread."""

    def __init__(self) -> None:
        """Start without events."""
        self._lock = threading.Lock()
        self._notes: dict[str, EventNotes] = {}
        self._sent: dict[str, EventNotes] = {}  # in the event's last message

    def apply(self, message: EventMessage) -> EventMessage:
        """Return a message with the event's notes; `before` has those of the message before."""
        event_id = message.after.id
        with self._lock:
            notes = self._notes.setdefault(event_id, message.after.notes)
            before = self._sent.get(event_id, message.before.notes)
            self._sent[event_id] = notes
            if message.type is EventType.END:
                del self._notes[event_id], self._sent[event_id]
        if notes is message.after.notes and before is message.before.notes:
            return message
        return replace(message, before=replace(message.before, notes=before), after=replace(message.after, notes=notes))

    def change(self, event_id: str, **changes: Any) -> bool:
        """Change fields of an event's notes from its next message on; return whether it is ongoing."""
        with self._lock:
            notes = self._notes.get(event_id)
            if notes is not None:
                self._notes[event_id] = replace(notes, **changes)
            return notes is not None
