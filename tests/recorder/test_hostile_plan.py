"""Plans that the integration never sends: nothing outside the recordings is touched, other cameras are recorded."""

from dataclasses import replace
from pathlib import Path

import pytest

from custom_components.frigate_native.recorder.plan import InputState, Plan, PlanError
from tests.recorder.recorded import LOOPED, Start, camera, write_video
from tests.servers import wait_until

EVIL_NAMES = ("../x", "/etc", "a\0b", "\ud800", "x" * 300, "..", "", "a\nb", ".unfinished")
EVIL_TEXTS = ("-x\0y", "\ud800")


def test_names_and_arguments_that_no_system_takes_stop_only_their_camera(record: Start, tmp_path: Path) -> None:
    outside = tmp_path / "x"
    outside.mkdir()
    (outside / "precious").write_text("kept")
    good = camera(write_video(tmp_path / "a.mp4", 10), LOOPED)
    evil = [replace(good, camera=name) for name in EVIL_NAMES]
    evil += [replace(good, camera=f"bad{i}", input_args=(text,)) for i, text in enumerate(EVIL_TEXTS)]
    evil += [replace(good, camera=f"worse{i}", path=f"/{text}") for i, text in enumerate(EVIL_TEXTS)]
    recorded = record(tmp_path / "media")
    days = dict.fromkeys((*EVIL_NAMES, "*", "back"), 0) | {"back": 10**30}
    recorded.recorder.apply(Plan.from_json(Plan(time_zone="UTC", inputs=(*evil, good), retain_days=days).to_json()))
    wait_until(lambda: recorded.has(is_recording=True))
    health = recorded.recorder.health()
    for name in (*(f"bad{i}" for i in range(2)), *(f"worse{i}" for i in range(2)), *EVIL_NAMES):
        assert health[name].state is InputState.FAILED, name
    assert (outside / "precious").read_text() == "kept"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"format": 1, "inputs": ' + "[" * 100_000, "9" * 5000, "\xff"])
def test_text_that_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(PlanError, match="expected JSON"):
        Plan.from_text(text)
