"""Real servers that stand in for cameras: RTMP by nginx, RTSP by GStreamer, HTTP by Python; each on a free port."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self, override

PATIENCE_S = 90.0  # until something must have happened, however busy the machine is
_RTMP_MODULES = (
    Path("/usr/lib/nginx/modules/ngx_rtmp_module.so"),
    Path("/usr/share/nginx/modules/ngx_rtmp_module.so"),
)
_SYSTEM_PYTHON = "/usr/bin/python3"  # the distribution's own, which finds its bindings


def free_port() -> int:
    """Return a TCP port that nobody listens on, and that the system gives to nobody else for a minute.

    It does so while a connection of the port is in TIME_WAIT; servers, which set SO_REUSEADDR, may take it. So
    tests in several processes, which all ask for ports and connect to them, do not get into each other's way.
    """
    with socket.socket() as listener, socket.socket() as client:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", 0))
        listener.listen(1)
        client.connect(listener.getsockname())
        served, _ = listener.accept()
        served.close()  # first: who closes first keeps the port
        return int(listener.getsockname()[1])


def wait_until(condition: Callable[[], object], timeout_s: float = PATIENCE_S, every_s: float = 0.02) -> None:
    """Return as soon as the condition holds; fail when it does not in time."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, f"still not true after {timeout_s} s"
        time.sleep(every_s)


def stop_process(process: subprocess.Popen[bytes]) -> None:
    """End a child, at once if it does not end by itself."""
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE_S)


@dataclass(frozen=True, slots=True)
class RtmpServer:
    """An RTMP server; streams live under `live/<name>`."""

    port: int
    process: subprocess.Popen[bytes]

    def url(self, name: str) -> str:
        """Return a stream's address."""
        return f"rtmp://127.0.0.1:{self.port}/live/{name}"


@contextmanager
def rtmp_server(folder: Path, port: int | None = None) -> Iterator[RtmpServer]:
    """Run nginx with its RTMP module in the foreground, everything it writes in `folder`."""
    port = port or free_port()
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    config = folder / "nginx.conf"
    config.write_text(_nginx_config(folder, port))
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert nginx is not None, "nginx is not installed"
    process = subprocess.Popen(
        [nginx, "-p", str(folder), "-c", str(config), "-g", "daemon off;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: _listens(port))
        yield RtmpServer(port, process)
    finally:
        stop_process(process)


def _nginx_config(folder: Path, port: int) -> str:
    module = next(path for path in _RTMP_MODULES if path.exists())
    user = "user root;" if os.geteuid() == 0 else ""
    return f"""
load_module {module};
{user}
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/logs/error.log;
events {{ worker_connections 64; }}
rtmp {{
    access_log off;
    server {{
        listen 127.0.0.1:{port};
        application live {{ live on; allow publish 127.0.0.1; deny publish all; }}
    }}
}}
"""


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def publish(video: Path, url: str) -> Iterator[subprocess.Popen[bytes]]:
    """Play a video into an RTMP server, in real time and for ever, as a camera would."""
    ffmpeg = shutil.which("ffmpeg")
    assert ffmpeg is not None, "ffmpeg is not installed"
    inputs = [ffmpeg, "-v", "error", "-re", "-stream_loop", "-1", "-i", str(video)]
    process = subprocess.Popen(
        [*inputs, "-c", "copy", "-an", "-flush_packets", "1", "-f", "flv", url],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        stop_process(process)


@dataclass(frozen=True, slots=True)
class RtspServer:
    """An RTSP server that runs."""

    port: int
    process: subprocess.Popen[bytes]

    def url(self, path: str, credentials: str = "") -> str:
        """Return the address of a path."""
        return f"rtsp://{credentials}{'@' if credentials else ''}127.0.0.1:{self.port}{path}"


@contextmanager
def rtsp_server(mounts: dict[str, tuple[str, Path]], credentials: str = "", port: int = 0) -> Iterator[RtspServer]:
    """Run GStreamer's RTSP server; mounts has codec and file for each path. It asks for user:password if given."""
    user, _, password = credentials.partition(":")
    process = subprocess.Popen(
        [
            *(_SYSTEM_PYTHON, str(Path(__file__).with_name("rtsp_server.py")), str(port), user, password),
            *(f"{path}={codec}={file}" for path, (codec, file) in mounts.items()),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        listens_on = process.stdout.readline()
        assert listens_on, "GStreamer's RTSP server does not run; its own words say why"
        yield RtspServer(int(listens_on), process)
    finally:
        stop_process(process)
        process.stdout.close()


type Answer = Callable[[BaseHTTPRequestHandler], None]


class _CameraServer(ThreadingHTTPServer):
    """A server whose close returns when all of its answers have ended."""

    daemon_threads = False

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._open: set[socket.socket] = set()

    @override
    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    @override
    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End the connections, so that nobody goes on to write to a client that does not read."""
        for each in list(self._open):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


class HttpCamera:
    """A camera that speaks HTTP: each path has an answer, which may take as long as the test runs."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.requests: list[str] = []
        self.stopping = threading.Event()
        self._server = _CameraServer(("127.0.0.1", 0), self._handler(answers))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="http-camera")

    def url(self, path: str, credentials: str = "") -> str:
        """Return the address of a path."""
        host = f"{credentials}@127.0.0.1" if credentials else "127.0.0.1"
        return f"http://{host}:{self._server.server_port}{path}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    def _handler(self, answers: dict[str, Answer]) -> type[BaseHTTPRequestHandler]:
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.requests.append(self.path)
                try:
                    answers[self.path](self)
                except BrokenPipeError, ConnectionResetError:
                    self.close_connection = True

            @override
            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


def answer_status(code: int) -> Answer:
    """Answer with an HTTP status and nothing else."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        request.end_headers()

    return answer


def answer_body(body: bytes, content_type: str) -> Answer:
    """Answer with a body."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", content_type)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def answer_mjpeg(pictures: list[bytes], fps: float, silent: threading.Event, stop: threading.Event) -> Answer:
    """Answer with JPEG pictures one after the other for ever; nothing comes while `silent` is set."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        request.end_headers()
        index = 0
        while not stop.wait(1 / fps):
            if silent.is_set():
                continue
            picture = pictures[index % len(pictures)]
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
            request.wfile.write(head.encode() + picture + b"\r\n")
            index += 1

    return answer


def answer_paced(data: bytes, seconds: float, stop: threading.Event) -> Answer:
    """Answer with data evenly over this time, then keep the connection."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        size = len(data) // round(seconds * 20) + 1
        for start in range(0, len(data), size):
            request.wfile.write(data[start : start + size])
            if stop.wait(1 / 20):
                return
        stop.wait()

    return answer


def answer_silence(stop: threading.Event) -> Answer:
    """Accept the request and never answer it."""

    def answer(_: BaseHTTPRequestHandler) -> None:
        stop.wait(60)

    return answer
