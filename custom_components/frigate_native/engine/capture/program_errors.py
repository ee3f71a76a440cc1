"""Turns the error messages of a decoding ffmpeg into errors that a user can act on."""

import re
from collections.abc import Sequence
from typing import Final

from ..errors import SourceError
from ..ffmpeg.arguments import is_live
from ..ffmpeg.failure_reasons import ARGUMENTS, HARDWARE, LATE, end_reason, reported_reason
from .console import Console
from .source_errors import (
    failed_error,
    failure_error,
    no_key_frame_error,
    refused_arguments_error,
    undecodable_error,
)


class HardwareError(SourceError):
    """The requested hardware or decoder is not available; `reason` says why, without the address."""

    def __init__(self, err: SourceError, reason: str) -> None:
        """Add the reason to an error."""
        super().__init__(err.problem, str(err))
        self.reason = reason


# Errors of filters and picture formats; ffmpeg 4 to 8.
_OUTPUT_ARGUMENTS: Final = re.compile(
    r"No such filter|initializing .*filter|reinitializing filters|Filter not found|suitable output format"
    r"|Unable to (?:parse|choose)|Unknown input format|Error applying option|Unknown pixel format"
    r"|Invalid stream specifier|matches no streams|Impossible to convert|Error opening output"
    r"|Error configuring filter|Invalid (?:frame )?size|Invalid loglevel|output file must be specified|already exists",
    re.IGNORECASE,
)
_DECODING: Final = re.compile(
    r"no decoder found|Decoder .*not found|could not find codec parameters|Error while decoding stream"
    r"|submitting (?:a )?packet to (?:the )?decoder|Decode error rate",
    re.IGNORECASE,
)
_NO_KEY_FRAME: Final = re.compile(r"non-existing PPS|PPS id out of range|no frame!|Could not find ref", re.IGNORECASE)


def failure(console: Console, path: str, exit_code: int | None, *, has_pictures: bool) -> SourceError:
    """Return why ffmpeg sends no more pictures, based on its last messages; exit_code is None if it is silent.

    HardwareError before the first picture means that software decoding may work.
    """
    lines = console.errors
    if line := _line(HARDWARE, lines):
        reason = f"hardware decoding with these hwaccel_args failed ({line})"
        err = refused_arguments_error(path, f"{reason}; check them, the device and its drivers")
        return err if has_pictures else HardwareError(err, reason)
    if not has_pictures and (line := _line(ARGUMENTS, lines) or _line(_OUTPUT_ARGUMENTS, lines)):
        words = f"ffmpeg rejects its arguments ({line}); check input_args, hwaccel_args and output_args.detect"
        return refused_arguments_error(path, words)
    if not has_pictures and exit_code is None and _line(_NO_KEY_FRAME, lines):
        return no_key_frame_error(path)
    if _line(_DECODING, lines):
        return undecodable_error(path, console.codec or "video")
    if known := reported_reason(lines, path):
        return failure_error(known, path)
    return _unknown(lines, path, exit_code, has_pictures=has_pictures)


def _unknown(lines: Sequence[str], path: str, exit_code: int | None, *, has_pictures: bool) -> SourceError:
    if exit_code is None:
        return failure_error(LATE, path)
    if not exit_code or (has_pictures and is_live(path)):
        return failure_error(end_reason(path), path)
    return failed_error(path, f"ffmpeg exited with code {exit_code} ({lines[-1] if lines else 'no message'})")


def _line(pattern: re.Pattern[str], lines: Sequence[str]) -> str | None:
    return next((line for line in lines if pattern.search(line)), None)


def missing_program_error(program: str, arguments: Sequence[str], path: str) -> HardwareError:
    """Return the error for arguments that need the ffmpeg program if it is not installed."""
    reason = f"{', '.join(arguments)} needs the program {program}, which was not found or does not run"
    words = f"{reason}; install ffmpeg, or remove these arguments"
    return HardwareError(refused_arguments_error(path, words), reason)
