"""What a user should know about a configuration that loads: what was taken over how, and what has no effect."""

from dataclasses import dataclass
from enum import StrEnum
from textwrap import indent
from typing import Final, override


class NoteKind(StrEnum):
    """Kinds of notes, in the order of a report."""

    ATTENTION = "attention"  # it may not do what its writer meant
    MISSING = "missing"  # what Frigate Native does not have
    ELSEWHERE = "elsewhere"  # Home Assistant does it itself, or it belongs to a container
    TRANSLATED = "translated"  # read under another name or in another form


@dataclass(frozen=True, slots=True)
class Note:
    """One finding. place is dotted as in the file (`cameras.back.record.events`); preview is a drawing in letters."""

    kind: NoteKind
    place: str
    text: str
    preview: str = ""

    @override
    def __str__(self) -> str:
        return f"{self.place}: {self.text}"

    def to_markdown(self) -> str:
        """Return the note as an entry of a list, with its preview below."""
        entry = f"- `{self.place}`: {self.text}"
        return f"{entry}\n{indent(f'```\n{self.preview}\n```', '  ')}" if self.preview else entry


HEADINGS: Final = {
    NoteKind.ATTENTION: "Please check",
    NoteKind.MISSING: "Not available in Frigate Native",
    NoteKind.ELSEWHERE: "Without effect here",
    NoteKind.TRANSLATED: "Translated",
}
"""Headings of a report's parts, in their order."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found out about a configuration.

    version is that of Frigate that it was written for (`Frigate 0.13`), reason how that is known.
    """

    version: str = ""
    reason: str = ""
    notes: tuple[Note, ...] = ()

    def of(self, *kinds: NoteKind) -> list[Note]:
        """Return the notes of these kinds."""
        return [note for note in self.notes if note.kind in kinds]

    @property
    def summary(self) -> str:
        """Return one line: the version, and how many notes of each kind there are."""
        counts = [(HEADINGS[kind].lower(), len(self.of(kind))) for kind in HEADINGS]
        said = ", ".join(f"{heading}: {count}" for heading, count in counts if count)
        return f"a configuration of {self.version}" + (f" ({said})" if said else "")

    def to_markdown(self, *kinds: NoteKind) -> str:
        """Return the notes of these kinds (none given: all) as lists under their headings."""
        shown = [(kind, self.of(kind)) for kind in HEADINGS if not kinds or kind in kinds]
        return "\n\n".join(
            "\n".join((f"**{HEADINGS[kind]}**\n", *(note.to_markdown() for note in notes)))
            for kind, notes in shown
            if notes
        )
