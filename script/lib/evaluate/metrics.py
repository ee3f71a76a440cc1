"""The figures of a comparison; CLEAR MOT and identity measures as TrackEval computes them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from trackeval.metrics import CLEAR, Identity

from custom_components.frigate_native.engine.geometry import Box, iou

from .assignment import assign
from .tracks import Track

MIN_IOU: Final = 0.5  # from this overlap, two boxes match
_TINY: Final = 1e-9  # an overlap of exactly this much is sufficient
_TRUE_SHARE: Final = 1 / 3  # of an event's frames that must match the reference

type _Boxes = Mapping[str, Box]  # of one frame, by identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How two sets of tracks agree: recall and precision of boxes, and how well identities are kept."""

    recall: float
    precision: float
    id_switches: int
    idf1: float
    fragmentations: int


def compare(reference: Sequence[Track], reported: Sequence[Track], frames: Sequence[int]) -> Figures:
    """Return how reported tracks agree with the reference in these frames.

    Where the reference has only interpolated a gap, nothing has to be reported and reported boxes are not wrong: recall
    and precision ignore these boxes. Identity is judged over whole tracks, including gaps.
    """
    whole = [_frame_boxes(reference, frame) for frame in frames]
    found = [_frame_boxes(reference, frame, is_certain=True) for frame in frames]
    ours = [_frame_boxes(reported, frame, is_certain=True) for frame in frames]
    counted = [_without_excused(*boxes) for boxes in zip(ours, found, whole, strict=True)]
    plain = CLEAR(_config()).eval_sequence(_data(found, counted))
    tracks = _data(whole, ours)
    clear = CLEAR(_config()).eval_sequence(tracks)
    identity = Identity(_config()).eval_sequence(tracks)
    return Figures(
        recall=_ratio(plain["CLR_TP"], plain["CLR_FN"]),
        precision=_ratio(plain["CLR_TP"], plain["CLR_FP"]),
        id_switches=int(clear["IDSW"]),
        idf1=float(identity["IDF1"]),
        fragmentations=int(clear["Frag"]),
    )


def false_events(reference: Iterable[Track], events: Iterable[Track]) -> list[Track]:
    """Return the events that match nothing in the reference for two thirds of their time."""
    tracks = list(reference)
    return [event for event in events if _true_share(tracks, event) < _TRUE_SHARE]


def delays_s(reference: Iterable[Track], reported: Sequence[Track], times: Mapping[int, float]) -> list[float]:
    """Return how long it took until each identity was first found after the reference finds it, in seconds.

    times are those of the compared frames. An identity that was never found counts until its last frame.
    """
    return [_delay_s(track, reported, times) for track in reference if track.certain]


def match(first: _Boxes, second: _Boxes) -> dict[str, str]:
    """Match the identities of two sides in one frame by overlapping boxes."""
    rows, columns = list(first), list(second)
    costs = [[1 - iou(first[row], second[column]) for column in columns] for row in rows]
    pairs = assign(costs, 1 - MIN_IOU + _TINY)
    return {rows[row]: columns[column] for row, column in pairs.items()}


def _delay_s(track: Track, reported: Sequence[Track], times: Mapping[int, float]) -> float:
    first = min(track.certain)
    present = [frame for frame in sorted(track.boxes) if frame >= first and frame in times]
    for frame in present:
        box = track.boxes[frame]
        if any(frame in other.certain and iou(box, other.boxes[frame]) >= MIN_IOU for other in reported):
            return times[frame] - times[first]
    return times[present[-1]] - times[first]


def _true_share(tracks: Sequence[Track], event: Track) -> float:
    hits = sum(
        any(frame in life.boxes and iou(life.boxes[frame], event.boxes[frame]) >= MIN_IOU for life in tracks)
        for frame in event.certain
    )
    return hits / max(len(event.certain), 1)


def _frame_boxes(tracks: Iterable[Track], frame: int, *, is_certain: bool = False) -> dict[str, Box]:
    return {
        track.id: track.boxes[frame]
        for track in tracks
        if (frame in track.certain if is_certain else frame in track.boxes)
    }


def _without_excused(ours: _Boxes, found: _Boxes, whole: _Boxes) -> dict[str, Box]:
    """Return the reported boxes of a frame without those where the reference is only interpolated."""
    filled = [box for name, box in whole.items() if name not in found]
    matched = match(ours, found)
    return {
        name: box
        for name, box in ours.items()
        if name in matched or not any(iou(box, other) >= MIN_IOU for other in filled)
    }


def _data(reference: Sequence[_Boxes], reported: Sequence[_Boxes]) -> dict[str, Any]:
    """Return TrackEval's input: numbers for identities, and the identities and overlaps in each frame."""
    own, other = _numbers(reference), _numbers(reported)
    return {
        "num_timesteps": len(reference),
        "num_gt_ids": len(own),
        "num_tracker_ids": len(other),
        "num_gt_dets": sum(map(len, reference)),
        "num_tracker_dets": sum(map(len, reported)),
        "gt_ids": [np.array([own[name] for name in boxes], np.intp) for boxes in reference],
        "tracker_ids": [np.array([other[name] for name in boxes], np.intp) for boxes in reported],
        "similarity_scores": [_overlaps(*boxes) for boxes in zip(reference, reported, strict=True)],
    }


def _numbers(frames: Iterable[Collection[str]]) -> dict[str, int]:
    names = dict.fromkeys(name for boxes in frames for name in boxes)
    return {name: number for number, name in enumerate(names)}


def _overlaps(first: _Boxes, second: _Boxes) -> NDArray[np.float64]:
    values = [iou(own, other) for own in first.values() for other in second.values()]
    return np.array(values, np.float64).reshape(len(first), len(second))


def _ratio(hits: float, misses: float) -> float:
    """Return the share of hits; 1 if there was nothing to hit or miss."""
    return float(hits / (hits + misses)) if hits + misses else 1.0


def _config() -> dict[str, Any]:
    return {"THRESHOLD": MIN_IOU, "PRINT_CONFIG": False}
