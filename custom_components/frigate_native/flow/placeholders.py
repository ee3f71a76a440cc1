"""What a check found, as the placeholders in a form's texts."""

from collections.abc import Iterable, Mapping
from typing import Final

from ..configuration.checks import Check
from ..engine.capture import StreamInfo
from ..engine.config.model import Role
from ..engine.errors import ConfigError

_CODECS: Final[Mapping[str, str]] = {"h264": "H.264", "hevc": "H.265", "mjpeg": "Motion JPEG", "mpeg4": "MPEG-4"}


def placeholders(check: Check) -> dict[str, str]:
    """Return the placeholders of a check: mistakes, or what the camera sends."""
    found = {"problems": describe(check.problems), "error": check.source_error, "suggestion": check.suggestion}
    found |= {"version": check.report.version, "report": check.report.to_markdown()}
    found |= {f"mistake_{name}": text for name, text in check.mistakes.items()}
    if (detect := check.streams.get(Role.DETECT)) is None:
        return found
    main = check.streams.get(Role.CLIPS, detect)
    return found | {"camera": check.title} | _stream(detect) | _stream(main, "main_")


def describe(errors: Iterable[ConfigError]) -> str:
    """Return errors as a list in Markdown: place, what was found, what would be right."""
    return "\n".join(f"- `{error.path}`: {error.problem}; {error.mend}" for error in errors)


def _stream(found: StreamInfo, prefix: str = "") -> dict[str, str]:
    return {
        f"{prefix}codec": _CODECS.get(found.codec, found.codec.upper()),
        f"{prefix}width": str(found.size.width),
        f"{prefix}height": str(found.size.height),
        f"{prefix}fps": f"{found.fps:g}" if found.fps else "?",
    }
