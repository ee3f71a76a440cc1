"""The configuration of nginx: live streams, published inside the container, played by permitted networks."""

from collections.abc import Sequence
from ipaddress import IPv4Network
from typing import Final

APPLICATION: Final = "live"
_MODULE: Final = "/usr/lib/nginx/modules/ngx_rtmp_module.so"  # its path on Debian


def rtmp_config(port: int, play_networks: Sequence[IPv4Network]) -> str:
    """Return nginx's configuration; without networks, everyone may play.

    There is one worker, since the module does not share streams between workers. Limits are raised for cameras: a 4K
    keyframe is larger than a megabyte, and a publisher with a stalled connection would block the next one.
    """
    players = [f"allow play {network};" for network in play_networks] or ["allow play all;"]
    return f"""
load_module {_MODULE};
worker_processes 1;
pid nginx.pid;
error_log stderr warn;
events {{ worker_connections 512; }}
rtmp {{
    access_log off;
    max_message 32M;
    ping 30s;
    ping_timeout 15s;
    server {{
        listen {port};
        application {APPLICATION} {{
            live on;
            wait_key on;
            drop_idle_publisher 10s;
            allow publish 127.0.0.1;
            deny publish all;
            {" ".join(players)}
            deny play all;
        }}
    }}
}}
"""
