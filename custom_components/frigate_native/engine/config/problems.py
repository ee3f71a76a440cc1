"""What is wrong at one place of a configuration, and how several such findings are collected."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Final

import voluptuous as vol

from ..redact import redact_url

_LONGEST_ECHO: Final = 40  # characters of a wrong value that a message repeats


class Problem(vol.Invalid):
    """What is wrong at one place, and what would be right there."""

    def __init__(self, problem: str, mend: str, *path: str | int) -> None:
        super().__init__(problem, list(path))
        self.problem = problem
        self.mend = mend


def kind(value: object) -> str:
    """Return what sort of value this is, in words and without the value itself."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return "a list"
    return f"a {type(value).__name__}"


def echo(value: object) -> str:
    """Return the value in words; never for a place where a secret belongs."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return str(value)
        case str():
            shown = redact_url(value)
            return f"text '{shown if len(shown) <= _LONGEST_ECHO else shown[:_LONGEST_ECHO] + '…'}'"
    return kind(value)


def nearest(name: str, known: Sequence[str], others: Sequence[str] = ()) -> str:
    """Return the known name meant, or all of them: the end of a message about an unknown one.

    others are names that may be meant but are not listed.
    """
    found = meant(name, (*known, *others))
    return f"did you mean '{found}'?" if found else f"known here: {', '.join(sorted(known))}"


def meant(name: str, known: Sequence[str]) -> str | None:
    """Return the known name that a misspelt one stands for, if any."""
    swapped = [one for one in known if sorted(one) == sorted(name)]  # of three letters, too different for the measure
    return next(iter(swapped or get_close_matches(name, known, n=1, cutoff=0.75)), None)


@contextmanager
def collecting(problems: list[vol.Invalid], step: str | int) -> Iterator[None]:
    """Keep what a validator complains about, `step` put before its path, and go on behind the block."""
    try:
        yield
    except vol.Invalid as error:
        error.prepend([step])
        problems.extend(error.errors if isinstance(error, vol.MultipleInvalid) else [error])


def raise_all(problems: list[vol.Invalid]) -> None:
    """Raise what was collected, if anything was."""
    if problems:
        raise vol.MultipleInvalid(problems)
