"""A camera that speaks RTSP, by GStreamer; run by Debian's own Python, where GStreamer's bindings are.

    rtsp_server.py PORT USER PASSWORD MOUNT=FILE...

Plays MP4 or Matroska files as they are, each from its start for everybody who comes. PORT 0 takes any; the one
it listens on is what it says first. An empty USER asks for no password.
"""

import sys

import gi  # type: ignore[import-not-found]  # of the distribution

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import (  # type: ignore[import-not-found]  # noqa: E402  # which versions must be said first
    GLib,
    Gst,
    GstRtspServer,
)

ROLE = "viewer"
PAYLOADERS = {"h264": "rtph264pay config-interval=1", "hevc": "rtph265pay config-interval=1", "mjpeg": "rtpjpegpay"}
DEMUXERS = {"mp4": "qtdemux", "mkv": "matroskademux"}


def mount(server: GstRtspServer.RTSPServer, path: str, codec: str, file: str) -> None:
    """Serve a file at a path."""
    factory = GstRtspServer.RTSPMediaFactory()
    demuxer = DEMUXERS[file.rpartition(".")[2]]
    factory.set_launch(f'( filesrc location="{file}" ! {demuxer} ! queue ! {PAYLOADERS[codec]} name=pay0 pt=96 )')
    permissions = GstRtspServer.RTSPPermissions.new()
    for what in ("media.factory.access", "media.factory.construct"):
        permissions.add_permission_for_role(ROLE, what, True)
    factory.set_permissions(permissions)
    server.get_mount_points().add_factory(path, factory)


def protect(server: GstRtspServer.RTSPServer, user: str, password: str) -> None:
    """Ask everybody for a user and a password."""
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken.new()
    token.set_string("media.factory.role", ROLE)
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
    server.set_auth(auth)


def main() -> None:
    """Serve until the process is ended."""
    port, user, password, *mounts = sys.argv[1:]
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(port)
    if user:
        protect(server, user, password)
    for entry in mounts:
        path, codec, file = entry.split("=", 2)
        mount(server, path, codec, file)
    assert server.attach(None), f"port {port} is taken"
    sys.stdout.write(f"{server.get_bound_port()}\n")
    sys.stdout.flush()
    GLib.MainLoop().run()


main()
