"""Short videos that tests make themselves: every picture has a brightness of its own."""

import subprocess
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

SMALL = (160, 96)


def picture(gray: int, size: tuple[int, int] = SMALL) -> VideoFrame:
    """Return a gray picture with a brighter top half."""
    width, height = size
    planes = np.full((height * 3 // 2, width), 128, np.uint8)
    planes[:height] = gray
    planes[: height // 2] = gray + 20
    return VideoFrame.from_ndarray(planes, "yuv420p")


def write_clip(
    path: Path,
    count: int,
    *,
    fps: int = 10,
    codec: str = "libx264",
    size: tuple[int, int] = SMALL,
    b_frames: int = 0,
) -> Path:
    """Write a video of `count` pictures, a keyframe every ten; the container is that of the path's ending."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=fps, options={"g": "10", "bf": str(b_frames)})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height = size
        stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
        for index in range(count):
            container.mux(stream.encode(picture(40 + index * 7 % 160, size).reformat(format=stream.pix_fmt)))
        container.mux(stream.encode(None))
    return path


def jpegs(grays: Sequence[int], size: tuple[int, int] = SMALL) -> list[bytes]:
    """Return plain gray JPEG pictures."""
    pictures = []
    for gray in grays:
        buffer = BytesIO()
        Image.new("RGB", size, (gray, gray, gray)).save(buffer, "JPEG")
        pictures.append(buffer.getvalue())
    return pictures


def ts_from_the_middle(path: Path) -> bytes:
    """Return MPEG-TS of 20 s, 10 pictures a second and a key frame every 15 s, without its first 5 s."""
    source = ["-f", "lavfi", "-i", "testsrc=r=10:s=160x96:d=20"]
    codec = ["-c:v", "libx264", "-g", "150", "-keyint_min", "150", "-sc_threshold", "0", "-bf", "0"]
    command = ["ffmpeg", "-v", "error", *source, *codec, "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True)
    data = path.read_bytes()
    return data[len(data) // 4 // 188 * 188 :]
