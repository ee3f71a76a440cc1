"""What tests of the container share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_socket import enable_socket

from custom_components.frigate_native.engine.recording.plan import InputPlan, Plan
from tests.addon.container import RECORD, RTMP, Container, plan_of, running
from tests.addon.home_assistant import HomeAssistantStandIn
from tests.addon.image import Image, assemble
from tests.servers import publish, rtmp_server, rtsp_server

ROOT = Path(__file__).parents[2]
VIDEO = ROOT / "tests" / "footage" / "vtest.mp4"
CREDENTIALS = "gatekeeper:s3cret"
SECRETS = (*CREDENTIALS.split(":"), "long.lived.token")

type Run = Callable[..., Container]


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    """Return the image's files."""
    return assemble(ROOT, tmp_path_factory.mktemp("image"))


@dataclass(frozen=True, slots=True)
class Cameras:
    """Two cameras that run; the yard's asks for a password."""

    front: InputPlan
    yard: InputPlan

    @property
    def plan(self) -> Plan:
        return plan_of(self.front, self.yard)


@pytest.fixture(scope="session")
def cameras(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cameras]:
    """Run a camera that speaks RTMP and one that speaks RTSP."""
    enable_socket()  # a fixture of the session comes before the one that does so for each test
    with ExitStack() as stack:
        rtmp = stack.enter_context(rtmp_server(tmp_path_factory.mktemp("camera")))
        stack.enter_context(publish(VIDEO, rtmp.url("gate")))
        rtsp = stack.enter_context(rtsp_server({"/yard": ("h264", VIDEO)}, CREDENTIALS))
        tcp = ("-rtsp_transport", "tcp")
        yield Cameras(
            front=InputPlan(camera="front", path=rtmp.url("gate"), record=RECORD, rtmp=RTMP),
            yard=InputPlan(
                camera="yard", path=rtsp.url("/yard", CREDENTIALS), input_args=tcp, record=RECORD, rtmp=RTMP
            ),
        )


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


@pytest.fixture
def run(image: Image, tmp_path: Path) -> Iterator[Run]:
    """Run containers in the test's folder."""
    with runs(image, tmp_path) as start:
        yield start
