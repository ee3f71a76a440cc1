"""The status of an input, and of a camera with all its inputs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .plan import CameraHealth, InputState

DISK_FULL: Final = "the disk is full and recording is paused; free up space"

_WORST_FIRST: Final = (InputState.FAILED, InputState.CONNECTING, InputState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputStatus:
    """The status of one input. is_recording and is_restreaming are None if the input is not used for that."""

    state: InputState = InputState.CONNECTING
    text: str = ""
    is_recording: bool | None = None
    is_restreaming: bool | None = None


def camera_status(
    statuses: Sequence[InputStatus], *, refusal: str, is_recorded: bool, is_disk_full: bool
) -> CameraHealth:
    """Return a camera's health, without its gaps. refusal says why an input of it cannot be used."""
    is_paused = is_recorded and is_disk_full
    texts = [refusal, DISK_FULL if is_paused else "", *(status.text for status in statuses)]
    states = {status.state for status in statuses} | ({InputState.FAILED} if refusal or is_paused else set())
    return CameraHealth(
        state=next((state for state in _WORST_FIRST if state in states), InputState.CONNECTING),
        text="; ".join(dict.fromkeys(filter(None, texts))),
        is_recording=any(status.is_recording for status in statuses) if is_recorded else None,
        is_restreaming=_any(status.is_restreaming for status in statuses),
    )


def _any(values: Iterable[bool | None]) -> bool | None:
    """Return whether any value is true; None if none is known."""
    known = [value for value in values if value is not None]
    return any(known) if known else None
