"""Nothing secret of a URL is left in a text."""

import pytest

from custom_components.frigate_native.engine.redact import redact_url

HIDDEN = [
    pytest.param("rtsp://viewer:hunter2@10.0.0.5:554/live", "rtsp://***@10.0.0.5:554/live", id="plain"),
    pytest.param("rtsp://hunter2@10.0.0.5/live", "rtsp://***@10.0.0.5/live", id="user only"),
    pytest.param("rtsp://viewer:hunter2@[fe80::1]:554/live", "rtsp://***@[fe80::1]:554/live", id="IPv6"),
    pytest.param("rtsp://viewer:a@hunter2@cam/live", "rtsp://***@cam/live", id="@ in the password"),
    pytest.param("rtsp://viewer:hunter2?x#y;z@cam/live", "rtsp://***@cam/live", id="query signs in the password"),
    pytest.param("rtsp://viewer:hunter2'\"<>{}|\\^`@cam/live", "rtsp://***@cam/live", id="quotes in the password"),
    pytest.param("rtsp://viewer:hun/ter2@cam/live", "rtsp://***@cam/live", id="slash in the password"),
    pytest.param("rtsp://viewer:123/hunter2@cam/live", "rtsp://***@cam/live", id="password begins as a port"),
    pytest.param("open rtsp://viewer:hun ter2@cam/live", "open rtsp://***@cam/live", id="blank in the password"),
    pytest.param("rtsp://viewer:hünter2€@cam/live", "rtsp://***@cam/live", id="letters beyond ASCII"),
    pytest.param("rtsp://viewer:hunter2%40@cam/live", "rtsp://***@cam/live", id="escaped"),
    pytest.param("postgresql+psycopg://me:hunter2@db/frigate", "postgresql+psycopg://***@db/frigate", id="database"),
    pytest.param(
        "[Errno 13] Permission denied: 'rtsp://viewer:hunter2@cam/live'; last error log: [rtsp] 401",
        "[Errno 13] Permission denied: 'rtsp://***@cam/live'; last error log: [rtsp] 401",
        id="libav's message",
    ),
    pytest.param(
        "rtsp://a:hunter2@one/x,rtsp://b:hunter2@two/y", "rtsp://***@one/x,rtsp://***@two/y", id="two without a blank"
    ),
    pytest.param(
        "first rtsp://a:hunter2@one, then rtsp://b:hunter2@two.", "first rtsp://***@one, then rtsp://***@two.", id="two"
    ),
    pytest.param(r'{"url": "rtsp:\/\/a:hunter2@cam\/x"}', r'{"url": "rtsp:\/\/***@cam\/x"}', id="JSON"),
    pytest.param("http://cam/cgi?user=me&pwd=hunter2&ch=1", "http://cam/cgi?user=***&pwd=***&ch=1", id="parameters"),
    pytest.param("http://cam/cgi?ch=1&Password=hunter2", "http://cam/cgi?ch=1&Password=***", id="capital letter"),
    pytest.param("http://cam/x?pass=hunter2#2;'2&ch=1", "http://cam/x?pass=***&ch=1", id="signs in a parameter"),
    pytest.param("'http://cam/x?token=hunter2': 403", "'http://cam/x?token=***': 403", id="quoted parameter"),
    pytest.param("http://cam/x?access_token=hunter2", "http://cam/x?access_token=***", id="access token"),
    pytest.param("http://cam/api?usr=me&username=me", "http://cam/api?usr=***&username=***", id="user names"),
    pytest.param("http://cam/x?a=1&amp;passwd=hunter2", "http://cam/x?a=1&amp;passwd=***", id="HTML"),
    pytest.param(
        "rtsp://cam/user=me&password=hunter2&channel=1", "rtsp://cam/user=***&password=***&channel=1", id="in the path"
    ),
    pytest.param("-headers Authorization: Basic aHVudGVyMg==", "-headers Authorization: Basic ***", id="header"),
]
KEPT = [
    "rtsp://10.0.0.5:554/cam/realmonitor?channel=1&subtype=2",
    "http://[fe80::1]:8123/api/states",
    "file:///media/a@b.mp4",
    "http://ha.local:8123/api?address=me@example.com",
    "cannot reach rtsp://cam:554: timed out, tell me@example.com",
    "sqlite:////config/frigate.db",
    "user: me, and no address",
    "",
]


@pytest.mark.parametrize(("text", "shown"), HIDDEN)
def test_secrets_of_urls_are_hidden(text: str, shown: str) -> None:
    assert redact_url(text) == shown


@pytest.mark.parametrize("text", KEPT)
def test_text_without_secrets_is_unchanged(text: str) -> None:
    assert redact_url(text) == text


def test_redacted_text_stays_as_it_is() -> None:
    once = redact_url("rtsp://viewer:hunter2@cam/live?pwd=hunter2")

    assert redact_url(once) == once


@pytest.mark.timeout(5)
def test_long_text_is_redacted_in_no_time() -> None:
    redact_url("rtsp://" + "a:" * 50_000 + " x" * 50_000)
    redact_url("?pass=" * 20_000)
