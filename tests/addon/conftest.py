"""What tests of the container share."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_socket import enable_socket

from custom_components.frigate_native.recorder.plan import InputPlan, Plan
from tests.addon.container import RECORD, RTMP, Container, plan_of, running
from tests.addon.home_assistant import HomeAssistantStandIn
from tests.addon.image import Image, assemble
from tests.recorder.recorded import write_video
from tests.servers import publish, rtmp_server, rtsp_server

ROOT = Path(__file__).parents[2]
CREDENTIALS = "gatekeeper:s3cret"
SECRETS = (*CREDENTIALS.split(":"), "long.lived.token")

type Run = Callable[..., Container]


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """Return the image's files."""
    return assemble(ROOT, tmp_path_factory.mktemp("image"))


@dataclass(frozen=True, slots=True)
class Cameras:
    """Two cameras that run; the yard's asks for a password. video is what they show, a keyframe in each second."""

    front: InputPlan
    yard: InputPlan
    video: Path

    @property
    def plan(self) -> Plan:
        return plan_of(self.front, self.yard)


@pytest.fixture(scope="session")
def cameras(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cameras]:
    """Run a camera that speaks RTMP and one that speaks RTSP."""
    enable_socket()  # a fixture of the session comes before the one that does so for each test
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("camera")
        video = repeat(write_video(folder / "short.mp4", 60), 60, folder / "a.mp4")  # longer than the tests: it ends
        rtmp = stack.enter_context(rtmp_server(folder))
        stack.enter_context(publish(video, rtmp.url("gate")))
        rtsp = stack.enter_context(rtsp_server({"/yard": ("h264", video)}, CREDENTIALS))
        quick = ("-analyzeduration", "500000")  # it would look for sound for five seconds
        yield Cameras(
            front=InputPlan(camera="front", path=rtmp.url("gate"), input_args=quick, record=RECORD, rtmp=RTMP),
            yard=InputPlan(
                camera="yard",
                path=rtsp.url("/yard", CREDENTIALS),
                input_args=(*quick, "-rtsp_transport", "tcp"),
                record=RECORD,
                rtmp=RTMP,
            ),
            video=video,
        )


def repeat(video: Path, times: int, path: Path) -> Path:
    """Write a video that shows another one several times."""
    command = ["ffmpeg", "-v", "error", "-stream_loop", str(times - 1), "-i", str(video), "-c", "copy", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


@pytest.fixture
def home_assistant() -> Iterator[HomeAssistantStandIn]:
    """Run a Home Assistant that wants nothing yet."""
    with HomeAssistantStandIn(plan_of()) as stand_in:
        yield stand_in


@contextmanager
def runs(image: Image, folder: Path) -> Iterator[Run]:
    """Run containers in a folder; prove that they end in time, leave nothing and told no secret."""
    started: list[Container] = []
    with ExitStack() as stack:

        def start(home_assistant: str, **settings: str) -> Container:
            started.append(Container(image, folder, home_assistant, **settings))
            return stack.enter_context(running(started[-1]))

        yield start
    told = "".join(container.log() for container in started)
    assert not [secret for secret in SECRETS if secret in told]
    assert "Traceback" not in told


def save_plan(folder: Path, plan: Plan) -> None:
    """Leave a plan as an earlier run would have."""
    (folder / "data").mkdir()
    (folder / "data" / "plan.json").write_text(json.dumps(plan.to_json()), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Restreaming:
    """A container that restreams two cameras, and the Home Assistant that it reports to."""

    container: Container
    home_assistant: HomeAssistantStandIn


@pytest.fixture(scope="session")
def restreaming(image: Image, cameras: Cameras, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restreaming]:
    """Run a container whose players are limited to one address beside its own, for all tests of one process.

    It begins with the plan of an earlier run; a test that has it do something else puts that back.
    """
    enable_socket()
    folder = tmp_path_factory.mktemp("restreaming")
    save_plan(folder, cameras.plan)
    with HomeAssistantStandIn(cameras.plan) as home_assistant, runs(image, folder) as run:
        yield Restreaming(run(home_assistant.url, PLAY_NETWORKS="127.0.0.3/32", ENTRY_ID="a b"), home_assistant)


@pytest.fixture
def run(image: Image, tmp_path: Path) -> Iterator[Run]:
    """Run containers in the test's folder."""
    with runs(image, tmp_path) as start:
        yield start
