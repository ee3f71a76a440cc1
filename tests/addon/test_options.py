"""What the container makes of its options."""

import json
import logging
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parents[2] / "addon"))  # as the image has it: a package beside the integration's

from frigate_native_addon.options import OptionsError, read_options  # where it is must be said first

_OUTSIDE = {"HOME_ASSISTANT_URL": "http://ha.local:8123/api/", "HOME_ASSISTANT_TOKEN": " abc\n"}
_SUPERVISED = {"SUPERVISOR_TOKEN": "abc"}


def test_supervisor_says_where_home_assistant_is_and_options_come_from_its_file(tmp_path: Path) -> None:
    given = {"recordings": "/media/nas", "play_networks": ["10.1.2.3/24"], "log_level": "debug", "entry_id": "x"}
    (tmp_path / "options.json").write_text(json.dumps(given), encoding="utf-8")
    options = read_options({**_SUPERVISED, "DATA_FOLDER": str(tmp_path)})
    assert options.home_assistant == "http://supervisor/core"
    assert (options.recordings, options.entry_id, options.log_level) == (Path("/media/nas"), "x", logging.DEBUG)
    # Home Assistant and the other apps play too, whatever the user forgets.
    assert [str(network) for network in options.play_networks] == ["10.1.2.0/24", "172.30.32.0/23", "127.0.0.1/32"]
    assert "abc" not in repr(options)


def test_container_without_supervisor_takes_the_environment(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from.a.file\n", encoding="utf-8")
    options = read_options(
        {
            "DATA_FOLDER": str(tmp_path),
            "HOME_ASSISTANT_URL": "https://ha.local/",
            "HOME_ASSISTANT_TOKEN_FILE": str(tmp_path / "token"),
            "PLAY_NETWORKS": "192.168.1.0/24, 10.0.0.7",
        }
    )
    assert (options.home_assistant, options.token) == ("https://ha.local", "from.a.file")
    assert [str(network) for network in options.play_networks[:2]] == ["192.168.1.0/24", "10.0.0.7/32"]
    assert options.recordings == Path("/media/frigate/recordings")
    assert read_options({**_OUTSIDE, "DATA_FOLDER": str(tmp_path)}).home_assistant == "http://ha.local:8123"


@pytest.mark.parametrize(
    ("environment", "file", "says"),
    [
        ({}, None, "HOME_ASSISTANT_URL: expected the address"),
        ({**_OUTSIDE, "HOME_ASSISTANT_URL": "ha.local:8123"}, None, "not 'ha.local:8123'"),
        ({**_OUTSIDE, "HOME_ASSISTANT_URL": "http://me:s3cret@ha.local"}, None, "remove the user and password"),
        ({**_OUTSIDE, "HOME_ASSISTANT_TOKEN": ""}, None, "HOME_ASSISTANT_TOKEN: expected a long-lived"),
        ({**_OUTSIDE, "HOME_ASSISTANT_TOKEN": "ab\ncd"}, None, "HOME_ASSISTANT_TOKEN: expected a long-lived"),
        ({**_OUTSIDE, "RTMP_PORT": "0"}, None, "RTMP_PORT: '0' is not a port"),
        ({**_OUTSIDE, "INTERVAL": "nan"}, None, "INTERVAL: 'nan' is not a number"),
        ({**_OUTSIDE, "PLAY_NETWORKS": "all; deny"}, None, "play_networks: "),
        ({**_OUTSIDE, "PLAY_NETWORKS": "fe80::/10"}, None, "expected IPv4 networks"),
        ({**_OUTSIDE, "LOG_LEVEL": "loud"}, None, "log_level: 'loud' is not one of debug, info, warning, error"),
        (_OUTSIDE, {"recordings": "recordings"}, "not an absolute path"),
        (_OUTSIDE, [], "expected an object"),
        (_SUPERVISED, {"recordings": "/media/../config"}, "not below /media"),
    ],
)
def test_unusable_option_is_named_with_its_mend(
    tmp_path: Path, environment: dict[str, str], file: Any, says: str
) -> None:
    if file is not None:
        (tmp_path / "options.json").write_text(json.dumps(file), encoding="utf-8")
    with pytest.raises(OptionsError) as caught:
        read_options({**environment, "DATA_FOLDER": str(tmp_path)})
    assert says in str(caught.value)
    assert "s3cret" not in str(caught.value)
