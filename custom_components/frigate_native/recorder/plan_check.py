"""Checks a plan: which inputs can be recorded and restreamed, and why others cannot."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from ..engine.disk.recording_paths import camera_name_error
from .plan import InputPlan

_NO_TEXT: Final = re.compile(r"[\x00\ud800-\udfff]")


def check_inputs(inputs: Iterable[InputPlan]) -> tuple[list[InputPlan], dict[str, str]]:
    """Return the usable inputs, and by camera the reason why others are refused."""
    usable: list[InputPlan] = []
    refused: dict[str, str] = {}
    recorded: set[str] = set()
    restreamed: set[str] = set()
    for given in inputs:
        if problem := camera_name_error(given.camera):
            refused[given.camera] = f"{given.camera!r}: {problem}"
            continue
        if _has_unusable_text(given):
            refused[given.camera] = f"{given.camera!r}: its address or arguments contain a character that is not text"
            continue
        item = given
        if item.record is not None and item.camera in recorded:
            refused[item.camera] = f"{item.camera!r}: two inputs have the role record; remove it from one of them"
            item = replace(item, record=None)
        if item.rtmp is not None and item.camera in restreamed:
            refused[item.camera] = f"{item.camera!r}: two inputs have the role rtmp; remove it from one of them"
            item = replace(item, rtmp=None)
        recorded |= {item.camera} if item.record is not None else set()
        restreamed |= {item.camera} if item.rtmp is not None else set()
        if item.record is not None or item.rtmp is not None:
            usable.append(item)
    return usable, refused


def _has_unusable_text(item: InputPlan) -> bool:
    """Return whether a text holds NUL or half a character, which no program can be started with."""
    given = (
        item.path,
        *item.global_args,
        *item.hwaccel_args,
        *item.input_args,
        *(item.record or ()),
        *(item.rtmp or ()),
    )
    return any(_NO_TEXT.search(text) for text in given)


def load_time_zone(name: str) -> tuple[tzinfo, str]:
    """Return a time zone by its IANA name; UTC and the problem if it is unknown."""
    try:
        return ZoneInfo(name), ""
    except OSError, ValueError, KeyError:
        return UTC, f"the time zone {name!r} is unknown, so recordings are named in UTC; check it in Home Assistant"
