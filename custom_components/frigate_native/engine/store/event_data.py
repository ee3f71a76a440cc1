"""The `data` of an event with the keys of today's Frigate, as it is stored."""

import json
from collections.abc import Mapping
from typing import Any, Final

from ..event_details import BestView, EventNotes
from ..messages import ObjectState

SUB_LABEL_SCORE: Final = "sub_label_score"
DESCRIPTION: Final = "description"
PLATE: Final = "recognized_license_plate"
PLATE_SCORE: Final = "recognized_license_plate_score"
SPEED: Final = "average_estimated_speed"
NOTES: Final = frozenset({SUB_LABEL_SCORE, DESCRIPTION, PLATE, PLATE_SCORE})
_DIGITS: Final = 4  # of shares of the frame: a tenth of a pixel of 1080p


def data_of(state: ObjectState) -> dict[str, Any]:
    """Return what the engine knows of an event."""
    data: dict[str, Any] = {"type": "api" if state.is_manual else "object", "top_score": state.top_score}
    if state.path_data:
        data |= {
            SPEED: state.average_estimated_speed,
            "velocity_angle": state.velocity_angle,
            "path_data": state.path_data,
        }
    best = state.best
    if best is None:
        return data | {"score": state.top_score}
    return data | {
        "score": best.score,
        "box": _rounded(best.relative(best.box)),
        "region": _rounded(best.relative(best.region)),
        "attributes": _attributes(best),
        "snapshot_frame_time": best.frame_time,
        "snapshot_area": best.area,
    }


def data_of_notes(notes: EventNotes) -> dict[str, Any]:
    """Return what others have added to an event, without its sub label, which has a column."""
    data: dict[str, Any] = {
        SUB_LABEL_SCORE: notes.sub_label_score,
        DESCRIPTION: notes.description,
        PLATE: notes.plate,
        PLATE_SCORE: notes.plate_score,
    }
    for model, (name, score) in notes.classes.items():
        data |= {model: name, f"{model}_score": score}
    return {key: value for key, value in data.items() if value is not None}


def read_data(top_score: float, is_manual: bool, data: str | None, notes: str | None) -> Mapping[str, Any]:
    """Return the whole `data`; that of events of earlier versions has the least keys."""
    basis = {"type": "api" if is_manual else "object", "score": top_score, "top_score": top_score}
    whole: dict[str, Any] = basis | json.loads(data or "{}") | json.loads(notes or "{}")
    return whole


def to_json(data: Mapping[str, Any]) -> str:
    """Return the text that is stored."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _attributes(best: BestView) -> list[dict[str, Any]]:
    return [
        {"label": each.label, "score": each.score, "box": _rounded(best.relative(each.box))} for each in best.attributes
    ]


def _rounded(box: tuple[float, float, float, float]) -> list[float]:
    return [round(share, _DIGITS) for share in box]
