"""What an import has taken over, and what not."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

MOST_PROBLEMS: Final = 100
"""Only so many are listed; all are counted."""
_LONGEST_PROBLEM: Final = 300


class Kind(StrEnum):
    """What is imported."""

    RECORDINGS = "recordings"
    EVENTS = "events"
    REVIEWS = "reviews"
    EXPORTS = "exports"


class Outcome(StrEnum):
    """What became of a row of the database."""

    ADDED = "added"
    CHANGED = "changed"  # a recording that was only known by its file
    KNOWN = "known"
    UNFINISHED = "unfinished"  # Frigate has not ended it
    LEFT_OUT = "left out"  # of a camera that was not selected, or of a kind that does not exist here
    MISSING = "file missing"
    REFUSED = "refused"  # see the problems


class FileOutcome(StrEnum):
    """What became of the files."""

    IN_PLACE = "in place"
    LINK = "linked"
    COPY = "copied"
    MOVE = "moved"
    DRAWN = "converted"
    NO_PICTURE = "events without a picture"
    NO_CLIP = "events without a recording or clip"
    WITHOUT_ROW = "recordings that are not in the database"


class State(StrEnum):
    """How far an import is."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """Counts rows and files, and lists problems; bytes is the size of what was linked, copied or moved.

    For the thread that imports; others may read it at any time.
    """

    is_trial: bool = False
    state: State = State.RUNNING
    version: str = ""
    problem: str = ""
    rows: dict[Kind, Counter[Outcome]] = field(default_factory=lambda: {kind: Counter() for kind in Kind})
    files: Counter[FileOutcome] = field(default_factory=Counter)
    bytes: int = 0
    problems: list[str] = field(default_factory=list)
    problem_count: int = 0
    kept_until: float | None = None
    total: int = 0

    @property
    def progress(self) -> float:
        """How much of the database is done, 0..1."""
        done = sum(counts.total() for counts in self.rows.values())
        return min(done / self.total, 1.0) if self.total else float(self.state is State.DONE)

    @property
    def added(self) -> int:
        """How many rows are new here."""
        return sum(counts[Outcome.ADDED] for counts in self.rows.values())

    def count(self, kind: Kind, outcome: Outcome, number: int = 1) -> None:
        """Count rows."""
        if number:
            self.rows[kind][outcome] += number

    def note(self, text: str) -> None:
        """Note a problem."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(_shown(text))

    def refuse(self, kind: Kind, name: object, reason: str) -> None:
        """Count a row that cannot be imported, and say why."""
        self.count(kind, Outcome.REFUSED)
        self.note(f"{kind} {str(name)[:80]!r}: {reason}")

    def to_payload(self) -> dict[str, Any]:
        """Return a JSON object."""
        return {
            "state": str(self.state),
            "trial": self.is_trial,
            "version": self.version,
            "problem": self.problem,
            "progress": round(self.progress, 3),
            "rows": {str(kind): _named(counts) for kind, counts in self.rows.items()},
            "files": _named(self.files),
            "bytes": self.bytes,
            "problems": list(self.problems),
            "problem_count": self.problem_count,
            "kept_until": self.kept_until,
        }

    def to_text(self) -> str:
        """Return the report for people, as Markdown."""
        lines = [self._headline(), ""]
        lines += [f"- {kind.capitalize()}: {_listed(counts) or 'none'}" for kind, counts in self.rows.items()]
        if files := _listed(self.files):
            lines.append(f"- Files: {files} ({self.bytes / 1e6:,.0f} MB)")
        if self.kept_until is not None:
            day = datetime.fromtimestamp(self.kept_until, UTC)
            lines.append(f"- Kept until {day:%Y-%m-%d} at least, retained events until you delete them")
        if self.problem_count:
            lines += ["", f"Problems ({self.problem_count}):", ""]
            lines += [f"- {problem}" for problem in self.problems]
            more = self.problem_count - len(self.problems)
            lines += [f"- and {more} more"] if more else []
        return "\n".join(lines)

    def _headline(self) -> str:
        origin = f"a database of Frigate {self.version}" if self.version else "the database"
        match self.state:
            case State.FAILED:
                return f"The import failed: {self.problem}"
            case State.CANCELLED:
                return f"The import of {origin} was cancelled; start it again to continue."
            case State.RUNNING:
                return f"Importing {origin}: {self.progress:.0%}"
        return f"This is what an import of {origin} would do:" if self.is_trial else f"Imported {origin}."


def _named(counts: Counter[Any]) -> dict[str, int]:
    return {str(name).replace(" ", "_"): number for name, number in counts.items() if number}


def _listed(counts: Counter[Any]) -> str:
    return ", ".join(f"{number:,} {name}" for name, number in counts.items() if number)


def _shown(text: str) -> str:
    """Return a text on one line, without control characters."""
    plain = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
    return plain if len(plain) <= _LONGEST_PROBLEM else f"{plain[:_LONGEST_PROBLEM]}..."
