"""List where a comparison disagrees, one line each, to find the reasons for bad figures."""

from collections.abc import Iterator, Sequence
from typing import Any

from custom_components.frigate_native.engine.geometry import Box, iou

from .metrics import MIN_IOU, false_events, match
from .tracks import Track

type _Boxes = dict[str, Box]


def disagreements(
    reference: Sequence[Track], reported: Sequence[Track], frames: Sequence[int]
) -> Iterator[dict[str, Any]]:
    """Yield every identity switch, missed box and surplus box, frame by frame."""
    latest: dict[str, str] = {}
    for frame in frames:
        whole = {track.id: track.boxes[frame] for track in reference if frame in track.boxes}
        ours = {track.id: track.boxes[frame] for track in reported if frame in track.certain}
        pairs = _pairs(latest, whole, ours)
        for name, own in pairs.items():
            if latest.get(name, own) != own:
                yield _line(frame, "switch", whole[name], reference=name, before=latest[name], after=own)
        latest |= pairs
        for track in reference:
            if frame in track.certain and track.id not in pairs:
                yield _line(frame, "missed", whole[track.id], reference=track.id)
        for name in sorted(ours.keys() - set(pairs.values())):
            yield _line(frame, "surplus", ours[name], id=name)


def wrong_events(reference: Sequence[Track], events: Sequence[Track]) -> Iterator[dict[str, Any]]:
    """Yield every event that matches nothing in the reference, where it began."""
    for event in false_events(reference, events):
        frame = min(event.certain or event.boxes)
        yield _line(frame, "false event", event.boxes[frame], id=event.id, frames=len(event.certain))


def _line(frame: int, kind: str, box: Box, **more: object) -> dict[str, Any]:
    return {"frame": frame, "kind": kind, "box": list(box), **more}


def _pairs(latest: dict[str, str], whole: _Boxes, ours: _Boxes) -> dict[str, str]:
    """Match identities in a frame; earlier pairs are kept while they overlap, as in CLEAR MOT."""
    kept = {
        name: own
        for name, own in latest.items()
        if name in whole and own in ours and iou(whole[name], ours[own]) >= MIN_IOU
    }
    rest = {name: box for name, box in whole.items() if name not in kept}
    free = {name: box for name, box in ours.items() if name not in kept.values()}
    return kept | match(rest, free)
