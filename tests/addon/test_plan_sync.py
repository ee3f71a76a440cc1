"""What a container does with what Home Assistant says, or does not say."""

import dataclasses
import json
import stat
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from custom_components.frigate_native.recorder.plan import InputState, Plan
from tests.addon.conftest import ROOT, Cameras, Restreaming, Run, save_plan
from tests.addon.container import SLACK_S, STOP_S, Container, duration, plan_of
from tests.addon.home_assistant import HomeAssistantStandIn
from tests.addon.image import Image
from tests.servers import free_port, wait_until

MANIFEST = ROOT / "custom_components" / "frigate_native" / "manifest.json"

_START = [
    "The RTMP server listens on port",
    "Continuing with the last plan (recorded: yard; restreamed: none)",
    "HOME_ASSISTANT_URL",
    "Home Assistant sent a new plan (recorded: front; restreamed: none)",
]


@pytest.mark.slow
def test_last_plan_is_recorded_by_until_home_assistant_is_back(run: Run, cameras: Cameras, tmp_path: Path) -> None:
    front = dataclasses.replace(cameras.front, rtmp=None)
    yard = dataclasses.replace(cameras.yard, rtmp=None)
    save_plan(tmp_path, plan_of(yard))
    port = free_port()
    container = run(f"http://127.0.0.1:{port}", RTMP_HOST="recorder.home")
    wait_until(lambda: container.segments("yard") and container.says(_START[2]))
    assert not container.segments("front")

    with HomeAssistantStandIn(plan_of(front), port) as home_assistant:
        wait_until(lambda: container.segments("front") and home_assistant.reports)
        wait_until(lambda: home_assistant.cameras() == {"front": InputState.RUNNING})
        report = home_assistant.reports[-1]
        assert (report.rtmp_host, report.rtmp_port) == ("recorder.home", container.rtmp_port)
        assert report.disk_total > report.disk_free > 0
        assert report.version == json.loads(MANIFEST.read_text(encoding="utf-8"))["version"]

        places = [container.log().index(text) for text in _START]
        assert all(before < after for before, after in pairwise(places))
        assert container.log().count(_START[2]) == 1
        assert Plan.from_json(json.loads(container.plan_file.read_text())) == plan_of(front)
        assert stat.S_IMODE(container.plan_file.stat().st_mode) == 0o600
        wait_until(lambda: container.check_health() == 0)
        known = container.segments("front")
        wait_until(lambda: any(size > 10_000 for size in container.unfinished()))
        assert container.stop() < STOP_S + SLACK_S
    assert len(container.segments("front")) > len(known)  # what was being written is finished
    assert not container.unfinished()
    assert all(duration(segment) > 0 for segment in container.segments("front"))


def test_recording_begins_once_its_folder_can_be_used(
    run: Run, cameras: Cameras, home_assistant: HomeAssistantStandIn, tmp_path: Path
) -> None:
    home_assistant.answer = plan_of(cameras.front)
    obstacle = tmp_path / "media"
    obstacle.write_bytes(b"")
    container = run(home_assistant.url)
    wait_until(lambda: home_assistant.reports and home_assistant.reports[-1].problems)
    assert home_assistant.reports[-1].problems[0].startswith("Nothing is recorded: ")

    obstacle.unlink()

    wait_until(lambda: home_assistant.cameras() == {"front": InputState.RUNNING})
    assert not home_assistant.reports[-1].problems
    assert container.log().count("Nothing is recorded") == 1


def test_container_without_a_beat_is_ill(image: Image, tmp_path: Path) -> None:
    assert Container(image, tmp_path, "http://127.0.0.1:9").check_health() == 1


@pytest.mark.xdist_group("restreaming")
def test_change_restarts_only_what_it_concerns(restreaming: Restreaming, cameras: Cameras) -> None:
    container, home_assistant = restreaming.container, restreaming.home_assistant
    wait_until(lambda: len(container.children("ffmpeg", "live/")) == 2)
    (front,) = container.children("ffmpeg", "live/front")
    (yard,) = container.children("ffmpeg", "live/yard")

    home_assistant.answer = plan_of(cameras.front, dataclasses.replace(cameras.yard, rtmp=None))

    wait_until(lambda: not container.children("ffmpeg", "live/yard") and container.children("ffmpeg", "/yard"))
    assert container.children("ffmpeg", "live/front") == [front]
    assert yard not in container.children("ffmpeg")
    assert not [path for path in container.data.iterdir() if path.name != "plan.json"]
    home_assistant.answer = cameras.plan
    wait_until(lambda: len(container.children("ffmpeg", "/live/")) == 2)


_NEWER = {**plan_of().to_json(), "format": 2}
_DELETING = {**plan_of().to_json(), "retain_days": {"front": -1}}
_UNUSABLE: tuple[tuple[int, bytes, str], ...] = (
    (404, b"404: Not Found", "has no recording plan (404)"),
    (400, b'{"message": "Name one of a, b"}', "(400, Name one of a, b); check the option entry_id"),
    (502, b"", "Home Assistant answers 502"),
    (302, b"", "redirects to another address (302)"),
    (200, b"<html>", "is invalid: the plan: expected JSON"),
    (200, b"[]", "is invalid: the plan: expected an object"),
    (200, json.dumps(_DELETING).encode(), "retain_days.front: expected 0 or more"),
    (200, json.dumps(_NEWER).encode(), "format is 2, not 1: update"),
)


@pytest.mark.xdist_group("restreaming")
def test_unusable_answers_are_said_once_and_change_nothing(restreaming: Restreaming, cameras: Cameras) -> None:
    container, home_assistant = restreaming.container, restreaming.home_assistant
    new_plans = container.log().count("sent a new plan")
    wait_until(lambda: len(container.children("ffmpeg", "/live/")) == 2)
    recording = sorted(container.children("ffmpeg", "/live/"))
    for status, body, says in _UNUSABLE:
        home_assistant.answer = status, body
        wait_until(partial(container.says, says))
        home_assistant.await_questions(2)
    home_assistant.answer = cameras.plan
    wait_until(lambda: container.says("Home Assistant sends plans again"))

    assert [container.log().count(says) for *_, says in _UNUSABLE] == [1] * len(_UNUSABLE)
    assert container.log().count("sent a new plan") == new_plans
    assert sorted(container.children("ffmpeg", "/live/")) == recording
    assert set(home_assistant.queries) == {"entry_id=a+b"}


def test_refused_token_is_not_tried_again_at_once(run: Run, home_assistant: HomeAssistantStandIn) -> None:
    """Home Assistant tells its user of each refusal, and may ban the address."""
    container = run(home_assistant.url, HOME_ASSISTANT_TOKEN="of.somebody.else", INTERVAL="0.1")
    wait_until(lambda: container.says("Home Assistant refuses access (401); HOME_ASSISTANT_TOKEN must be"))
    home_assistant.await_questions(1)
    assert "".join(home_assistant.queries) == ""
    times = home_assistant.times[-2:]
    assert times[1] - times[0] > 2
