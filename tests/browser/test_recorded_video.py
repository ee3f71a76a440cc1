"""An hour of recordings as HLS, and a minute as a file, play in Chromium."""

import asyncio
import logging
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from aiohttp import web
from screenshot.chromium import Page, running_chromium

from custom_components.frigate_native.engine.media.assembly import TimeRange
from custom_components.frigate_native.engine.recordings import hls
from custom_components.frigate_native.engine.recordings.cuts import RecordingCuts
from custom_components.frigate_native.engine.store import EventStore, Recording
from tests.servers import free_port

_LOGGER = logging.getLogger(__name__)

START: Final = 1_700_000_000.0
SECONDS: Final = 10
FILES: Final = 360
LEAST_FRAMES: Final = 5
_PLAY: Final = """
  const video = document.body.appendChild(document.createElement("video"));
  Object.assign(window, { video, frames: 0, began: performance.now(), first: null });
  const count = () => { window.frames += 1; window.first ??= performance.now() - window.began; next(); };
  const next = () => video.requestVideoFrameCallback(count);
  next();
  video.muted = true;
  video.src = "%s";
  video.play();
"""
_STATE: Final = """
  if (!video.error && window.frames < %d) return null;
  return { problem: video.error?.message ?? null, first_ms: window.first, duration: video.duration,
           time: video.currentTime, width: video.videoWidth };
"""


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_hour_as_stream_and_minute_as_file_play(tmp_path: Path) -> None:
    asyncio.run(_play_both(tmp_path))


async def _play_both(folder: Path) -> None:
    recorded = Recorded.of(folder)
    async with _served(recorded) as address, running_chromium() as page:
        for path, seconds in (("clip.mp4", 60), ("index.m3u8", FILES * SECONDS)):
            await page.open(f"{address}/", (640, 480))
            await page.wait_for("return document.body !== null;")
            await page.evaluate(_PLAY % path)
            begun = await page.wait_for(_STATE % LEAST_FRAMES)
            _LOGGER.info("First picture of %s after %.0f ms", path, begun["first_ms"])
            assert (begun["problem"], begun["width"]) == (None, 320), path
            assert begun["duration"] == pytest.approx(seconds, abs=1.5)
            await _seek(page, seconds * 0.7)
    recorded.store.close()


async def _seek(page: Page, time_s: float) -> None:
    """Continue at another time, across the end of a file."""
    await page.evaluate(f"video.currentTime = {time_s}; window.frames = 0;")
    found = await page.wait_for(_STATE % LEAST_FRAMES)
    assert found["problem"] is None
    assert time_s - 1 < found["time"] < time_s + 30


@dataclass
class Recorded:
    """An hour of recordings: one file under many names, with sound."""

    root: Path
    store: EventStore
    cuts: RecordingCuts

    @classmethod
    def of(cls, folder: Path) -> Recorded:
        """Record the hour."""
        sample = folder / "sample.mp4"
        film, sound = f"testsrc2=size=320x180:rate=10:duration={SECONDS}", f"sine=duration={SECONDS}"
        inputs = ("-f", "lavfi", "-i", film, "-f", "lavfi", "-i", sound)
        codec = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p", "-c:a", "aac")
        subprocess.run(["ffmpeg", "-v", "error", *inputs, *codec, str(sample)], check=True, stdin=subprocess.DEVNULL)
        root = folder / "a"
        root.mkdir()
        store = EventStore(f"sqlite:///{folder}/frigate.db")
        store.open()
        size = sample.stat().st_size
        for number in range(FILES):
            os.link(sample, root / f"{number}.mp4")
        store.recordings.add(
            [
                Recording(
                    camera="back",
                    path=f"a/{number}.mp4",
                    start=START + number * SECONDS,
                    end=START + (number + 1) * SECONDS,
                    size=size,
                )
                for number in range(FILES)
            ]
        )
        return cls(root=folder, store=store, cuts=RecordingCuts(folder, folder / "cuts", store))

    def playlist(self) -> str:
        """Return the playlist of the hour."""
        return hls.playlist(self.store.recordings.between("back", START, START + 3600), lambda name: name)

    def part(self, name: str) -> bytes:
        """Return a part of the stream."""
        found = hls.part_start(name)
        if found is None:  # the browser looks for an icon
            raise web.HTTPNotFound
        is_init, start = found
        number = round((start - START) / SECONDS)
        return hls.read_part(self.root / "a" / f"{number}.mp4", start - START, is_init=is_init)

    def clip(self) -> Path:
        """Return a minute of it."""
        return self.cuts.cut("back", TimeRange(start=START + 600, end=START + 660))


@asynccontextmanager
async def _served(recorded: Recorded) -> AsyncIterator[str]:
    """Serve the recordings as the integration does."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<!doctype html><title>Player</title><body></body>", content_type="text/html")

    async def playlist(_request: web.Request) -> web.Response:
        text = await asyncio.to_thread(recorded.playlist)
        return web.Response(text=text, content_type="application/vnd.apple.mpegurl")

    async def clip(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(await asyncio.to_thread(recorded.clip))

    async def part(request: web.Request) -> web.Response:
        body = await asyncio.to_thread(recorded.part, request.match_info["name"])
        return web.Response(body=body, content_type="video/mp4")

    app = web.Application()
    routes = {"/": page, "/index.m3u8": playlist, "/clip.mp4": clip, "/{name}": part}
    app.add_routes([web.get(path, handler) for path, handler in routes.items()])
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()
