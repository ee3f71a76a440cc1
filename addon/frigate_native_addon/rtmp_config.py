"""What nginx is told: live streams, published from within the container, played by whom the user lets."""

from collections.abc import Sequence
from ipaddress import IPv4Network
from typing import Final

APPLICATION: Final = "live"
_MODULE: Final = "/usr/lib/nginx/modules/ngx_rtmp_module.so"  # where Debian puts it


def rtmp_config(port: int, play_networks: Sequence[IPv4Network]) -> str:
    """Return nginx's configuration; everybody may play when no networks are named.

    One worker, since the module shares no streams between workers. Its limits are raised for cameras: a keyframe
    of 4K is larger than a megabyte, and a publisher whose connection hangs would keep the next one out.
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
