"""script/demo for real: Home Assistant, footage, a broker."""

import json
import shutil
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.broker import Broker, Observer
from tests.demo.demonstration import CLIP, ROOT, demonstration
from tests.event_keys import EVENT_KEYS
from tests.servers import PATIENCE_S, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module", autouse=True)
def environment() -> None:
    """Make the demonstration's environment before a test's time runs, which takes minutes on a new machine."""
    subprocess.run([ROOT / "script" / "bootstrap", "demo"], check=True, stdout=subprocess.DEVNULL)


def ask(ready: dict[str, Any], path: str) -> Any:
    """Return what Home Assistant answers to the token of the first line."""
    asked = urllib.request.Request(ready["url"] + path, headers={"Authorization": f"Bearer {ready['token']}"})
    with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:
        return json.load(answer)


def test_demo_shows_events_of_two_cameras_and_leaves_nothing_behind(tmp_path: Path) -> None:
    other = tmp_path / "Other {camera}.mp4"
    shutil.copy(CLIP, other)
    with (
        Broker(tmp_path) as broker,
        demonstration(tmp_path, "--video", str(CLIP), str(other), "--mqtt", f"127.0.0.1:{broker.port}") as demo,
    ):
        ready = demo.line()
        assert list(ready) == ["type", "url", "username", "password", "token"]
        assert ready["type"] == "ready"
        entities = {state["entity_id"] for state in ask(ready, "/api/states")}
        assert {"camera.vtest", "camera.other_camera", "sensor.vtest_person_count"} <= entities
        events = [demo.line()]
        while {event["payload"]["after"]["camera"] for event in events} != {"vtest", "other_camera"}:
            events.append(demo.line())
        with Observer(broker) as observer:
            observer.wait_for_topic("frigate/vtest/person/snapshot")
            with Observer(broker) as late:
                late.wait_for_topic("frigate/events")
                retained = {message.topic for message in late.messages if message.retained}
        assert {"frigate/available", "frigate/vtest/person/snapshot"} <= retained
        assert not retained & {"frigate/events", "frigate/vtest/person"}
        demo.ask_to_end(signal.SIGTERM)
        events += demo.rest()
        assert demo.exit_code() == 0
        assert demo.remains() == []
    for event in events:
        assert list(event) == ["type", "topic", "payload"]
        assert (event["type"], event["topic"]) == ("event", "frigate/events")
        assert list(event["payload"]) == ["type", "before", "after"]
        assert list(event["payload"]["before"]) == list(event["payload"]["after"]) == EVENT_KEYS


def test_ctrl_c_stops_the_demo_cleanly(tmp_path: Path) -> None:
    with demonstration(tmp_path) as demo:
        ready = demo.line()
        wait_until(lambda: "Ctrl-C" in demo.log.read_text())
        assert ready["url"] in demo.log.read_text()
        assert ready["password"] in demo.log.read_text()
        demo.ask_to_end(signal.SIGINT)
        assert all(line["type"] == "event" for line in demo.rest())
        assert demo.exit_code() == 0
        assert demo.remains() == []


def test_demo_ends_when_its_time_is_over(tmp_path: Path) -> None:
    with demonstration(tmp_path, "--duration", "1") as demo:
        demo.line()
        assert all(line["type"] == "event" for line in demo.rest())
        assert demo.exit_code() == 0
        assert "Stops in 1 s" in demo.log.read_text()
        assert demo.remains() == []


def test_demo_ends_when_its_reader_is_gone(tmp_path: Path) -> None:
    with demonstration(tmp_path) as demo:
        demo.line()
        assert demo.process.stdout is not None
        demo.process.stdout.close()
        assert demo.exit_code() == 0
        assert "Traceback" not in demo.log.read_text()
        assert demo.remains() == []


def test_signal_before_home_assistant_is_up_leaves_nothing_behind(tmp_path: Path) -> None:
    with demonstration(tmp_path) as demo:
        wait_until(lambda: "Starting Home Assistant" in demo.log.read_text())
        demo.ask_to_end(signal.SIGTERM)
        assert demo.rest() == []
        assert demo.exit_code() == 0
        assert demo.remains() == []


def test_port_in_use_is_reported_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demonstration(tmp_path, "--port", str(port)) as demo:
            assert demo.rest() == []
            assert demo.exit_code() == 1
            assert demo.log.read_text() == f"error: port {port} is in use; choose another one with --port\n"


def test_invalid_configuration_is_reported_before_anything_starts(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("cameras:\n  back:\n    fpz: 5\n")
    with demonstration(tmp_path, "--config", str(own)) as demo:
        assert demo.rest() == []
        assert demo.exit_code() == 1
        assert demo.log.read_text().startswith(f"error: {own} is invalid: cameras.back.fpz: ")
        assert demo.remains() == []


def test_missing_video_is_reported(tmp_path: Path) -> None:
    with demonstration(tmp_path, "--video", "/nowhere/film.mp4") as demo:
        assert demo.rest() == []
        assert demo.exit_code() == 2
        assert "file not found: /nowhere/film.mp4" in demo.log.read_text()
