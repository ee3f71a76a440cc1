"""Stream addresses as people enter them."""

import pytest

from custom_components.frigate_native.configuration.addresses import (
    complete_address,
    stream_of_page,
    tidy_address,
    unencrypted,
)
from custom_components.frigate_native.engine.config.addresses import may_hide_password

CAM = "192.168.1.20"


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        pytest.param(f" rtsp://{CAM}/a ", f"rtsp://{CAM}/a", id="blanks"),
        pytest.param(f'"rtsp://{CAM}/a"', f"rtsp://{CAM}/a", id="quotes"),
        pytest.param(f"“rtsp://{CAM}/a” ", f"rtsp://{CAM}/a", id="typographic quotes"),
        pytest.param(f" <rtsp://{CAM}/a>", f"rtsp://{CAM}/a", id="angle brackets"),
        pytest.param(f"rtsp://me:pa#ss@{CAM}:554/a", f"rtsp://me:pa%23ss@{CAM}:554/a", id="number sign"),
        pytest.param(f"rtsp://me:pa?s/s@{CAM}/a?b=1", f"rtsp://me:pa%3Fs%2Fs@{CAM}/a?b=1", id="question mark, slash"),
        pytest.param("rtsp://me:a%21/@cam.lan", "rtsp://me:a%21%2F@cam.lan", id="escapes are kept"),
        pytest.param("rtsp://me:9%/x@cam.lan", "rtsp://me:9%25%2Fx@cam.lan", id="percent sign"),
        pytest.param("rtsp://me:a/b@[fe80::1]:554/x", "rtsp://me:a%2Fb@[fe80::1]:554/x", id="IPv6"),
    ],
)
def test_what_was_pasted_with_an_address_is_removed_and_passwords_are_encoded(entered: str, expected: str) -> None:
    assert tidy_address(entered) == expected


@pytest.mark.parametrize(
    "address",
    [
        "/media/a.mp4",
        "/media/a b@c/it's.mp4",
        f"rtsp://{CAM}:554/a?user=me@home",  # no password: this is a host with a port
        "rtsp://me:12/3@cam/live",  # a port and a path, or a password
        "rtsp://me:p#a@cam/live@hd",  # two places where a password can end
        f"rtsp://me:p%23ss@{CAM}/a",
        "rtsp://[fe80::1]/a@b",
        "rtsp://cam/a@b",
        f"http://{CAM}/snap?u=me&p=a#b",
    ],
)
def test_other_addresses_stay_as_they_are(address: str) -> None:
    assert tidy_address(address) == address


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        (CAM, f"rtsp://{CAM}"),
        (f"{CAM}:554/stream", f"rtsp://{CAM}:554/stream"),
        (f"//{CAM}/stream", f"rtsp://{CAM}/stream"),
        (f"me:secret@{CAM}/a", f"rtsp://me:secret@{CAM}/a"),
        (f"me:se#cret@{CAM}/a", f"rtsp://me:se%23cret@{CAM}/a"),
        ("camera.lan", "rtsp://camera.lan"),
        ("frontdoor/live", "rtsp://frontdoor/live"),
        ("frontdoor:8554/live", "rtsp://frontdoor:8554/live"),
        ("[fe80::1]:554/a", "rtsp://[fe80::1]:554/a"),
        (f"rstp://{CAM}/a", f"rtsp://{CAM}/a"),
        (f"htpp://{CAM}/a", f"http://{CAM}/a"),
        ("rtsp:/cam/a", "rtsp://cam/a"),
        ("rtsp:cam/a", "rtsp://cam/a"),
        (f"rtsp:{CAM}/a", f"rtsp://{CAM}/a"),
    ],
)
def test_address_that_was_meant_is_complete(entered: str, expected: str) -> None:
    assert complete_address(entered) == expected


@pytest.mark.parametrize(
    "address", [f"rtsp://{CAM}", "rtsps://cam", "/a.mp4", "a.mp4", "media/a.mp4", "tests", "concat:a|b", "srt://cam:9"]
)
def test_nothing_is_missing(address: str) -> None:
    assert complete_address(address) is None


def test_passwords_that_cannot_be_told_from_a_path() -> None:
    assert may_hide_password("rtsp://me:12/3@cam/live")
    assert may_hide_password("rtsp://me:p#a@cam/live@hd")
    assert not may_hide_password("rtsp://me:p@cam/live@hd")
    assert not may_hide_password("rtsp://cam/live@hd")


def test_addresses_to_try_instead() -> None:
    assert unencrypted("rtsps://cam:322/a") == "rtsp://cam:322/a"
    assert unencrypted("rtsp://cam/a") is None
    assert stream_of_page(f"http://me:x@{CAM}:80/index.html") == f"rtsp://{CAM}:554/"
    assert stream_of_page("https://[fe80::1]/") == "rtsp://[fe80::1]:554/"
