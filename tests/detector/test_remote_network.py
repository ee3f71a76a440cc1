"""A detector behind a real network: the server in a network namespace of its own, joined to ours by a cable."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network
from itertools import islice

import pytest

from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.frame import Rgb
from tests.detector.remote_servers import QUICK_TIMEOUT_MS, ServerProcess, far
from tests.engine.detection.pools import Messages, cpu, filler, persons, running, sees_walkers
from tests.servers import wait_until

PORT = 5555


@dataclass(frozen=True, slots=True)
class Network:
    """Another machine's network as far as this one can tell; its name, its address, and our end of the cable."""

    name: str
    address: str
    cable: str

    @property
    def inside(self) -> tuple[str, ...]:
        """Return what runs a command there."""
        return (*_AS_ROOT, "ip", "netns", "exec", self.name)

    def plug(self, state: str) -> None:
        """Pull our end of the cable (down) or put it back (up)."""
        run("link", "set", self.cable, state)


_AS_ROOT = () if os.geteuid() == 0 else ("sudo", "-n")


def run(*arguments: str) -> None:
    """Run `ip` as root."""
    done = subprocess.run([*_AS_ROOT, "ip", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ip {' '.join(arguments)}: {done.stderr}"


def _network_of(pid: int) -> IPv4Network:
    """Return the smallest network that no other process's tests use at the same time."""
    return IPv4Network((int(IPv4Address("10.213.0.0")) + pid % 2**14 * 4, 30))


@pytest.fixture
def network() -> Iterator[Network]:
    """Make a namespace with an address of its own, and take it away afterwards."""
    name, ours, theirs = f"fn-{os.getpid()}", f"fn{os.getpid()}a", f"fn{os.getpid()}b"
    here, there = islice(_network_of(os.getpid()).hosts(), 2)
    if subprocess.run([*_AS_ROOT, "ip", "netns", "add", name], capture_output=True, check=False).returncode:
        pytest.skip("no right to make a network: needs root or sudo, and iproute2")
    try:
        run("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name)
        run("addr", "add", f"{here}/30", "dev", ours)
        run("-n", name, "addr", "add", f"{there}/30", "dev", theirs)
        run("link", "set", ours, "up")
        run("-n", name, "link", "set", theirs, "up")
        yield Network(name, str(there), ours)
    finally:
        run("netns", "del", name)


def test_server_in_another_network_and_each_sides_restart(network: Network, walkers: Rgb) -> None:
    messages = Messages()
    server = ServerProcess(port=PORT, prefix=network.inside)
    detector = far(PORT, host=network.address, timeout_ms=QUICK_TIMEOUT_MS)
    with server:
        with running(detector, messages=messages) as pool:
            wait_until(lambda: sees_walkers(pool, walkers))
            server.stop()
            wait_until(lambda: pool.detect([filler(walkers)]) == [None])
            messages.wait_for(is_working=False)
            server.start()
            messages.wait_for(is_working=True)
            wait_until(lambda: sees_walkers(pool, walkers))
        with running(detector) as pool:
            wait_until(lambda: sees_walkers(pool, walkers))


def _ask(pool: DetectorPool, walkers: Rgb) -> bool:
    return all(answer is not None and persons(answer) == 2 for answer in pool.detect([filler(walkers)] * 4))


def test_pulled_cable_is_survived(network: Network, walkers: Rgb) -> None:
    messages = Messages()
    with (
        ServerProcess(port=PORT, prefix=network.inside),
        running(cpu(), far(PORT, host=network.address, timeout_ms=500), messages=messages) as pool,
    ):
        network.plug("down")
        assert [persons(answer) for answer in pool.detect([filler(walkers)] * 8)] == [2] * 8
        wait_until(lambda: _ask(pool, walkers) and bool(messages.all))
        assert network.address in messages.wait_for(is_working=False).text
        network.plug("up")
        messages.wait_for(is_working=True)
        done = pool.totals()["far"].inferences
        wait_until(lambda: _ask(pool, walkers) and pool.totals()["far"].inferences > done)
