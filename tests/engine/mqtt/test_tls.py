"""A broker that speaks TLS, and what may be wrong with that."""

import socket
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.model import TlsConfig
from custom_components.frigate_native.engine.messages import EventType
from tests.broker import Broker, Observer
from tests.certificates import Authority
from tests.engine.builders import event_message
from tests.engine.mqtt.publishing import Tries, new_publisher, warnings
from tests.servers import PATIENCE_S, wait_until

type Spoil = Callable[[TlsConfig, Path], TlsConfig]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tls")


@pytest.fixture(scope="module")
def authority(folder: Path) -> Authority:
    return Authority(folder)


def client(authority: Authority) -> TlsConfig:
    """Return what a client with a certificate of its own needs."""
    signed = authority.sign("client")
    return TlsConfig(ca_certs=authority.certificate, client_cert=signed.certificate, client_key=signed.key)


def test_broker_is_told_over_tls_and_knows_the_client_by_its_certificate(tmp_path: Path, authority: Authority) -> None:
    tls = client(authority)
    broker = Broker(tmp_path, tls=authority.sign("broker", "127.0.0.1"), clients=authority)
    with broker, Observer(broker) as observer:
        publisher = new_publisher(broker.tls_port, tls=tls)
        publisher.start()
        wait_until(lambda: publisher.is_connected)
        for number in range(500):
            publisher.receive(event_message(EventType.END, seconds=number))
        publisher.stop(PATIENCE_S)
        observer.wait_for_topic("frigate/available", b"stopped")
        assert len(observer.payloads("frigate/events")) == 500


def test_certificate_for_another_name_is_taken_when_the_user_says_so(tmp_path: Path, authority: Authority) -> None:
    tls = TlsConfig(ca_certs=authority.certificate, is_insecure=True)
    with Broker(tmp_path, tls=authority.sign("other", "127.0.0.9")) as broker, Observer(broker) as observer:
        publisher = new_publisher(broker.tls_port, tls=tls)
        publisher.start()
        observer.wait_for_topic("frigate/available", b"online")
        publisher.stop()


def _trusting_nobody_here(tls: TlsConfig, _: Path) -> TlsConfig:
    return replace(tls, ca_certs=None)


def _trusting_another(tls: TlsConfig, folder: Path) -> TlsConfig:
    return replace(tls, ca_certs=Authority(folder).certificate)


def _without_certificate(tls: TlsConfig, _: Path) -> TlsConfig:
    return replace(tls, client_cert=None, client_key=None)


def _with_a_file_that_is_none(tls: TlsConfig, folder: Path) -> TlsConfig:
    (folder / "none.pem").write_text("nothing")
    return replace(tls, ca_certs=folder / "none.pem")


def _with_a_locked_key(tls: TlsConfig, folder: Path) -> TlsConfig:
    signed = Authority(folder).sign("locked", password=b"s3cret")
    return replace(tls, client_cert=signed.certificate, client_key=signed.key)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_trusting_nobody_here, "has a certificate that is not trusted (self-signed certificate in certificate chain)"),
        (_trusting_another, "is not trusted (certificate signature failure); check mqtt.tls_ca_certs"),
        (_without_certificate, "check mqtt.tls_client_cert"),
        (_with_a_file_that_is_none, "cannot be used with these TLS files"),
        (_with_a_locked_key, "no key password"),
    ],
)
def test_tls_that_cannot_be_is_told_once(
    spoil: Spoil, words: str, tmp_path: Path, *, authority: Authority, tries: Tries, caplog: pytest.LogCaptureFixture
) -> None:
    tls = spoil(client(authority), tmp_path)
    with Broker(tmp_path, tls=authority.sign("broker", "127.0.0.1"), clients=authority) as broker:
        publisher = new_publisher(broker.tls_port, tls=tls)
        publisher.start()
        wait_until(lambda: warnings(caplog))
        publisher.stop()
        (warning,) = warnings(caplog)
        assert words in warning
        assert not publisher.is_connected


@pytest.mark.parametrize(
    ("wants_tls", "words"),
    [(False, "check mqtt.port, and whether it needs TLS (mqtt.tls_ca_certs)"), (True, "mqtt.port")],
    ids=["plain text to a port with TLS", "TLS to a port without"],
)
def test_port_of_the_other_kind_is_told(
    tmp_path: Path, authority: Authority, *, wants_tls: bool, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with Broker(tmp_path, tls=authority.sign("broker", "127.0.0.1")) as broker:
        port = broker.port if wants_tls else broker.tls_port
        publisher = new_publisher(port, tls=TlsConfig(ca_certs=authority.certificate) if wants_tls else None)
        publisher.start()
        wait_until(lambda: warnings(caplog))
        publisher.stop()
        assert words in warnings(caplog)[0]


def test_wrong_name_is_told(tmp_path: Path, authority: Authority, caplog: pytest.LogCaptureFixture) -> None:
    with Broker(tmp_path, tls=authority.sign("other", "127.0.0.9")) as broker:
        publisher = new_publisher(broker.tls_port, tls=TlsConfig(ca_certs=authority.certificate))
        publisher.start()
        wait_until(lambda: warnings(caplog))
        publisher.stop()
        assert "certificate for another hostname; check mqtt.host, or set mqtt.tls_insecure" in warnings(caplog)[0]


def test_server_that_does_not_shake_hands_can_be_left_soon(authority: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        publisher = new_publisher(server.getsockname()[1], tls=TlsConfig(ca_certs=authority.certificate))
        publisher.start()
        server.settimeout(PATIENCE_S)
        peer, _ = server.accept()
        with peer:
            begin = time.monotonic()
            publisher.stop(PATIENCE_S)
            assert time.monotonic() - begin < 15
