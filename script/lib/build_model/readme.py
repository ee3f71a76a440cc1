"""Write models/README.md: the model's source, format and accuracy."""

from hashlib import sha256
from pathlib import Path

from check import HEADER, Result

_TEMPLATE = Path(__file__).with_name("readme.md.in")


def readme(folder: Path, results: list[Result], calibration_crops: int, check_crops: int) -> str:
    """Return the text for the files in `folder`."""
    files = [path for path in sorted(folder.iterdir()) if path.name.startswith(("ssdlite", "anchors", "labelmap"))]
    return _TEMPLATE.read_text().format(
        calibration=calibration_crops,
        crops=check_crops,
        files="\n".join(_row(path) for path in files),
        table="\n".join([HEADER, *(result.row() for result in results)]),
    )


def _row(path: Path) -> str:
    data = path.read_bytes()
    return f"| `{path.name}` | {len(data)} | `{sha256(data).hexdigest()}` |"
