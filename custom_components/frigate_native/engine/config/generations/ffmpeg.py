"""Streams and ffmpeg arguments of today's files."""

import shlex
from typing import Any, Final

from ..problems import Problem
from ..report import NoteKind
from .draft import Draft, Path, Tree
from .generation import Generation
from .go2rtc import Streams

_ARGUMENTS: Final = ("global_args", "hwaccel_args", "input_args")
_QUOTES_SINCE: Final = 12
_AUTO: Final = "auto"
_RESTREAM_PRESETS: Final = ("preset-rtsp-restream", "preset-rtsp-restream-low-latency")
_GENERIC: Final = "preset-rtsp-generic"
_WITH_SOUND: Final = 16  # recordings have sound since this version
_RECORD_ROLES: Final = {"record": "record", "clips": "record"}
_NO_SOUND: Final = "audio"


def translate_ffmpeg(draft: Draft, generation: Generation) -> None:
    """Bring inputs, roles and arguments into our form."""
    streams = Streams(draft)
    for root in ((), *(path for path, _ in draft.cameras())):
        _arguments(draft, (*root, "ffmpeg"), generation)
    for path, camera in draft.cameras():
        if generation.minor >= _QUOTES_SINCE:
            draft.fill((*path, "rtmp", "enabled"), False)
        inputs = draft.find((*path, "ffmpeg", "inputs"))
        if isinstance(inputs, list) and all(isinstance(source, dict) for source in inputs):
            _roles(draft, path, camera, inputs)
            for index, source in enumerate(inputs):
                _source(draft, (*path, "ffmpeg", "inputs", str(index)), source, streams)
    _segments(draft, generation)
    draft.take(("go2rtc",))


def _arguments(draft: Draft, section: Path, generation: Generation) -> None:
    tree = draft.section(section)
    inputs = tree.get("inputs")
    for part in (tree, *(inputs if isinstance(inputs, list) else ())):
        if isinstance(part, dict):
            _clean(part, has_quotes=generation.minor >= _QUOTES_SINCE)


def _clean(part: Tree, *, has_quotes: bool) -> None:
    """Drop arguments that are empty, which inherit, and `auto`; split at blanks outside of quotes."""
    for name in _ARGUMENTS:
        value = part.get(name)
        if value in ("", []):
            part.pop(name)
        elif name == "hwaccel_args" and value == _AUTO:
            part[name] = []  # software is as fast as ffmpeg beside it
        elif has_quotes and isinstance(value, str) and any(quote in value for quote in "'\""):
            part[name] = _split(value)


def _split(value: str) -> object:
    try:
        return shlex.split(value)
    except ValueError:  # a quote without its partner
        return value


def _roles(draft: Draft, camera: Path, section: Tree, inputs: list[Any]) -> None:
    """Give inputs the roles that they have here; a single one is for everything, whatever is written."""
    place = (*camera, "ffmpeg", "inputs")
    for source in inputs:
        roles = source.get("roles")
        if isinstance(roles, list):
            named = [_RECORD_ROLES.get(role, role) if isinstance(role, str) else role for role in roles]
            source["roles"] = [role for role in _once(named) if role != _NO_SOUND]
    if len(inputs) == 1:
        kept = [role for role in inputs[0].get("roles") or () if role not in ("detect", "record")]
        inputs[0]["roles"] = ["detect", "record", *kept]
    silent = [source for source in inputs if source.get("roles") == []]
    for source in silent:
        inputs.remove(source)
        draft.note(NoteKind.MISSING, place, "an input for sound alone is left out: sounds are not detected")
    for source in inputs:
        if "record" in (source.get("roles") or ()):
            source["roles"].append("clips")


def _once(values: list[Any]) -> list[Any]:
    return [value for index, value in enumerate(values) if value not in values[:index]]


def _source(draft: Draft, place: Path, source: Tree, streams: Streams) -> None:
    """Replace an address of Frigate's own go2rtc by that of the camera."""
    try:
        found = streams.resolved(source.get("path"))
    except Problem as problem:
        draft.problems.append(Problem(problem.problem, problem.mend, *place, "path"))
        return
    if found is None:
        return
    source["path"] = found
    if source.get("input_args") in _RESTREAM_PRESETS:
        source["input_args"] = _GENERIC
    draft.note(NoteKind.TRANSLATED, (*place, "path"), "the stream of go2rtc is read from the camera itself")


def _segments(draft: Draft, generation: Generation) -> None:
    """Write files of ten seconds, with sound where Frigate has it."""
    preset = "preset-record-generic" + ("-audio-aac" if generation.minor >= _WITH_SOUND else "")
    record = ("ffmpeg", "output_args", "record")
    draft.fill(record, preset)
    for root in ((), *(path for path, _ in draft.cameras())):
        if (arguments := draft.find((*root, *record))) is not None:
            draft.fill((*root, "ffmpeg", "output_args", "clips"), arguments)
