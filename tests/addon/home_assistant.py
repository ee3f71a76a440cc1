"""The integration's two paths for a recorder, as a small real HTTP server."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Self, override

from custom_components.frigate_native.recorder.plan import Health, InputState, Plan
from tests.servers import wait_until

TOKEN = "long.lived.token"
_PATH = "/api/frigate_native/recorder/"


class HomeAssistantStandIn:
    """Answers with a plan, takes health reports. `answer` may be a plan, or a status with a body."""

    def __init__(self, plan: Plan, port: int = 0) -> None:
        self.answer: Plan | tuple[int, bytes] = plan
        self.reports: list[Health] = []
        self.queries: list[str] = []
        self.times: list[float] = []
        self._server = HTTPServer(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="home-assistant")

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cameras(self) -> dict[str, InputState]:
        """Return how the cameras of the newest report are."""
        return {name: camera.state for name, camera in self.reports[-1].cameras.items()} if self.reports else {}

    def await_questions(self, count: int) -> None:
        """Wait until this many more have come."""
        seen = len(self.queries)
        wait_until(lambda: len(self.queries) >= seen + count)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _give(self) -> tuple[int, bytes]:
        if isinstance(self.answer, Plan):
            return 200, json.dumps(self.answer.to_json()).encode()
        return self.answer

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._reply(*(stand_in._give() if self._is_allowed("plan") else (401, b"401: Unauthorized")))

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                allowed = self._is_allowed("health")
                if allowed:
                    stand_in.reports.append(Health.from_json(body))
                self._reply(200 if allowed else 401, b"{}")

            def _is_allowed(self, what: str) -> bool:
                path, _, query = self.path.partition("?")
                stand_in.queries.append(query)
                stand_in.times.append(time.monotonic())
                return path == _PATH + what and self.headers["Authorization"] == f"Bearer {TOKEN}"

            def _reply(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            @override
            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        return Handler
