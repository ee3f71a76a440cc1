"""The detector of a running container: offered to Home Assistant, used with its keys, back after a crash."""

import os
import signal
from dataclasses import replace
from pathlib import Path

from custom_components.frigate_native.detector.helper import HelperAddress
from custom_components.frigate_native.detector.protocol import RemoteSpec
from custom_components.frigate_native.detector.remote.client import RemoteRunner
from custom_components.frigate_native.detector.remote.options import ServerOptions, child_spec
from custom_components.frigate_native.engine.config.model import ModelConfig
from custom_components.frigate_native.engine.detection.model_loading import load_model
from custom_components.frigate_native.recorder.plan import DetectorOffer
from tests.addon.container import Container, plan_of
from tests.addon.home_assistant import HomeAssistantStandIn
from tests.addon.image import Image
from tests.engine.detection.pools import first_crop
from tests.servers import free_port, wait_until


def test_detector_is_offered_used_and_back_after_a_crash(image: Image, tmp_path: Path) -> None:
    port = free_port()
    with HomeAssistantStandIn(plan_of()) as home_assistant:
        settings = {"DETECTOR": "cpu", "DETECTOR_PORT": str(port)}
        container = Container(image, tmp_path, home_assistant.url, **settings)
        container.start()
        try:
            offer = wait_for_offer(home_assistant)
            assert offer.port == port
            assert "LiteRT on CPU" in offer.description
            assert persons_found_by(offer) == 2
            assert offer.client_secret not in container.log()

            (server,) = container.children("python", "server.py")
            os.kill(server, signal.SIGKILL)
            wait_until(lambda: home_assistant.reports[-1].detector is None)
            assert persons_found_by(wait_for_offer(home_assistant)) == 2
        finally:
            container.stop()


def wait_for_offer(home_assistant: HomeAssistantStandIn) -> DetectorOffer:
    """Return the detector of a health report, as soon as there is one."""
    wait_until(lambda: bool(home_assistant.reports) and home_assistant.reports[-1].detector is not None)
    offer = home_assistant.reports[-1].detector
    assert offer is not None
    return offer


def persons_found_by(offer: DetectorOffer) -> int:
    """Return how many persons it finds in the sample's first picture."""
    endpoint = f"tcp://127.0.0.1:{offer.port}"
    address = HelperAddress(
        endpoint=endpoint,
        server_key=offer.server_key,
        client_key=offer.client_key,
        client_secret=offer.client_secret,
    )
    model = load_model(ModelConfig()).model
    options = ServerOptions(kind="zmq", device="", num_threads=1, model=Path(model.file), accept=None, max_bytes=0)
    remote = RemoteSpec(endpoint=endpoint, request_timeout_ms=10_000, linger_ms=0, keys=address)
    runner = RemoteRunner(replace(child_spec(model, options), remote=remote), lambda _: None)
    assert runner.prepare(lambda: True)
    rows, _ = runner.run(first_crop())
    return int(((rows[:, 0] == 0) & (rows[:, 1] > 0.6)).sum())
