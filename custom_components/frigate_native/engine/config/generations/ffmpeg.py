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
_ROLES: Final = frozenset({"clips", "detect", "record", "rtmp"})
_NOTHING: Final[tuple[object, ...]] = (None, "", [], {})


def translate_ffmpeg(draft: Draft, generation: Generation) -> None:
    """Bring inputs, roles and arguments into our form."""
    streams = Streams(draft)
    for root in ((), *(path for path, _ in draft.cameras())):
        _arguments(draft, (*root, "ffmpeg"), generation)
    for path, _ in draft.cameras():
        if generation.minor >= _QUOTES_SINCE:
            draft.fill((*path, "rtmp", "enabled"), False)
        inputs = draft.find((*path, "ffmpeg", "inputs"))
        if isinstance(inputs, list):
            _roles(draft, path, inputs)
            _check_recording(draft, path, inputs)
            for index, source in enumerate(inputs):
                if isinstance(source, dict):
                    _source(draft, (*path, "ffmpeg", "inputs", str(index)), source, streams)
    _segments(draft, generation)
    _note_rest(draft, streams)


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


def _roles(draft: Draft, camera: Path, inputs: list[Any]) -> None:
    """Give inputs the roles that they have here; a single one is for everything, whatever is written."""
    place = (*camera, "ffmpeg", "inputs")
    has_one, kept = len(inputs) == 1, list[Any]()
    for index, source in enumerate(inputs):
        given = source.get("roles") if isinstance(source, dict) else None
        roles = _roles_here(given, is_alone=has_one)
        if roles == [] and given:
            draft.note(NoteKind.MISSING, (*place, str(index)), "left out, because sounds are not detected")
            continue
        here, written = (*place, str(len(kept))), (*place, str(index))
        if here != written:
            draft.moved[here] = written
        if roles is not None and isinstance(source, dict):
            _keep_places(draft, (*here, "roles"), (*written, "roles"), given or [], roles)
            source["roles"] = roles
        kept.append(source)
    inputs[:] = kept


def _keep_places(draft: Draft, here: Path, written: Path, old: list[Any], new: list[Any]) -> None:
    """Remember where each entry of a list is written."""
    for index, entry in enumerate(new):
        if entry in old:
            draft.moved[(*here, str(index))] = (*written, str(old.index(entry)))


def _check_recording(draft: Draft, camera: Path, inputs: list[Any]) -> None:
    """Report a camera that is to record but has no input for it."""
    given = [source.get("roles") if isinstance(source, dict) else None for source in inputs]
    roles = [set(map(str, several)) for several in given if isinstance(several, list)]
    are_known = len(roles) == len(inputs) and all(several <= _ROLES for several in roles)
    if are_known and draft.find((*camera, "record", "enabled")) is True and not any("record" in one for one in roles):
        mend = "record among the roles of one input, or record.enabled: false"
        draft.complain((*camera, "ffmpeg", "inputs"), "no input has the role record", mend)


def _roles_here(roles: object, *, is_alone: bool) -> list[Any] | None:
    """Return the roles that an input has here; None for what is no list of roles, to be judged later."""
    if not isinstance(roles, list) and not (roles is None and is_alone):
        return None
    named = [_RECORD_ROLES.get(role, role) if isinstance(role, str) else role for role in roles or ()]
    if is_alone:
        named = ["detect", "record", *named]
    found = [role for role in _once(named) if role != _NO_SOUND]
    return [*found, "clips"] if "record" in found else found


def _once(values: list[Any]) -> list[Any]:
    return [value for index, value in enumerate(values) if value not in values[:index]]


def _note_rest(draft: Draft, streams: Streams) -> None:
    """Note what else there is of go2rtc."""
    for key in draft.section(("go2rtc",)):
        if key != "streams" and draft.find(("go2rtc", str(key))) not in _NOTHING:
            draft.note(NoteKind.ELSEWHERE, ("go2rtc", str(key)), "Home Assistant's own go2rtc plays live views")
    if streams.unread:
        text = f"no camera reads {', '.join(streams.unread)}; Home Assistant plays live views itself"
        draft.note(NoteKind.ELSEWHERE, ("go2rtc", "streams"), text)
    draft.take(("go2rtc",))


def _source(draft: Draft, place: Path, source: Tree, streams: Streams) -> None:
    """Replace an address of Frigate's own go2rtc by that of the camera."""
    try:
        found = streams.resolved(source.get("path"))
    except Problem as problem:
        draft.complain((*place, "path"), problem.problem, problem.mend)
        return
    if found is None:
        if streams.is_own(source.get("path")):
            text = "the address of Frigate's own go2rtc, which does not run here; enter that of the camera"
            draft.note(NoteKind.ATTENTION, (*place, "path"), text)
        return
    source["path"] = found.address
    inherited = draft.find((*place[:-2], "input_args")) or draft.find(("ffmpeg", "input_args"))
    if (source.get("input_args") or inherited) in _RESTREAM_PRESETS:
        source["input_args"] = _GENERIC
    if found.changes:
        text = f"the stream is read from the camera itself, without go2rtc's {', '.join(found.changes)}"
        draft.note(NoteKind.ATTENTION, (*place, "path"), text)
        return
    draft.note(NoteKind.TRANSLATED, (*place, "path"), "the stream of go2rtc is read from the camera itself")


def _segments(draft: Draft, generation: Generation) -> None:
    """Write files of ten seconds, with sound where Frigate has it."""
    preset = "preset-record-generic" + ("-audio-aac" if generation.minor >= _WITH_SOUND else "")
    record = ("ffmpeg", "output_args", "record")
    draft.fill(record, preset)
    for root in ((), *(path for path, _ in draft.cameras())):
        clips = (*root, "ffmpeg", "output_args", "clips")
        if (arguments := draft.find((*root, *record))) is not None and draft.find(clips) is None:
            draft.put(clips, arguments, (*root, *record))
