"""libav's errors in words that a user can act on."""

import socket
from typing import Final
from urllib.parse import urlsplit

from av import error

from ..errors import SourceError, SourceProblem
from ..ffmpeg.arguments import is_live
from ..ffmpeg.failure_reasons import (
    CAMERA_FAILS,
    CLOSED,
    FOLDER,
    FORBIDDEN,
    INVALID,
    LATE,
    NO_FILE,
    NOT_FOUND,
    NOT_READABLE,
    REFUSED,
    REJECTED,
    SILENT,
    TOO_MANY,
    UNAUTHORIZED,
    UNKNOWN_PROTOCOL,
    UNREACHABLE,
    FailureReason,
    end_reason,
    missing_stream_reason,
)
from ..redact import redact_url

# The first class that fits.
_REASONS: Final[tuple[tuple[type[error.FFmpegError], FailureReason], ...]] = (
    (error.HTTPUnauthorizedError, UNAUTHORIZED),
    (error.HTTPForbiddenError, FORBIDDEN),
    (error.HTTPNotFoundError, NOT_FOUND),
    (error.FileNotFoundError, NO_FILE),
    (error.IsADirectoryError, FOLDER),
    (error.PermissionError, NOT_READABLE),
    (error.ConnectionRefusedError, REFUSED),
    (error.TimeoutError, LATE),
    (error.ExitError, SILENT),  # our own deadline
    (error.EOFError, CLOSED),
    (error.ConnectionResetError, CLOSED),
    (error.BrokenPipeError, CLOSED),
    (error.HTTPTooManyRequestsError, TOO_MANY),
    (error.HTTPServerError, CAMERA_FAILS),
    (error.HTTPClientError, REJECTED),
    (error.ProtocolNotFoundError, UNKNOWN_PROTOCOL),
    (
        error.DecoderNotFoundError,
        FailureReason(SourceProblem.CODEC, "unsupported video codec; set the camera to H.264 or H.265"),
    ),
    (
        error.ArgumentError,
        FailureReason(
            SourceProblem.OTHER,
            "invalid address or input arguments; check the port and the values in input_args",
        ),
    ),
    (error.InvalidDataError, INVALID),
)
# What protocols report that gave up waiting and have no word for it.
_UNCLEAR: Final = (error.InvalidDataError, error.OSError)


def opening_error(err: error.FFmpegError, path: str, *, is_late: bool) -> SourceError:
    """Translate libav's error about opening the source `path`. May ask the name service.

    is_late: it took as long as a timeout, for which some protocols have no error of its own.
    `err` loses the address, which it shows with user and password, so that it can be a logged cause.
    """
    err.args = (*err.args[:2], redact_url(path))
    if is_late and isinstance(err, _UNCLEAR):
        return failure_error(LATE, path)
    if isinstance(err, error.OSError) and is_live(path):
        return _known_error(err, path) or _network_error(err, path)
    return _known_error(err, path) or _unknown_error(err, path)


def reading_error(err: error.FFmpegError, path: str, *, is_late: bool) -> SourceError:
    """Translate libav's error about reading from the open source `path`; otherwise like `opening_error`."""
    err.args = (*err.args[:2], redact_url(path))
    if is_late and isinstance(err, _UNCLEAR):
        return failure_error(LATE, path)
    if isinstance(err, error.OSError) and is_live(path):
        return _known_error(err, path) or failure_error(end_reason(path), path)
    return _known_error(err, path) or _unknown_error(err, path)


def failure_error(reason: FailureReason, path: str) -> SourceError:
    """Return the error for a source with a known reason."""
    return _error(reason.problem, path, reason.text)


def refused_arguments_error(path: str, words: str) -> SourceError:
    """Return the error for arguments that cannot be honoured; words say which, and what to do."""
    return _error(SourceProblem.CONFIG, path, words)


def failed_error(path: str, words: str) -> SourceError:
    """Return the error for what there are no better words for."""
    return _error(SourceProblem.OTHER, path, f"cannot be read: {words}")


def codec_error(path: str, codec: str) -> SourceError:
    """Return the error for pictures that nothing here can decode."""
    return _error(SourceProblem.CODEC, path, f"unsupported video codec ({codec}); set the camera to H.264 or H.265")


def undecodable_error(path: str, codec: str) -> SourceError:
    """Return the error for a source whose packets all come to nothing."""
    words = (
        f"the camera sends {codec}, but no picture can be decoded from it; set it to plain H.264 or H.265"
        ' (without "smart" or "+" modes)'
    )
    return _error(SourceProblem.CODEC, path, words)


def resized_error(path: str) -> SourceError:
    """Return the error for a camera that changes its pictures' size while ffmpeg decodes them."""
    return _error(SourceProblem.ENDED, path, "the camera changed its resolution; ffmpeg restarts")


def stalled_error(path: str, silence_s: float) -> SourceError:
    """Return the error for a source that sends, but no picture comes out of it."""
    words = f"no picture for {silence_s:.0f} s although the camera is connected; restart it if this continues"
    return _error(SourceProblem.TIMEOUT, path, words)


def _known_error(err: error.FFmpegError, path: str) -> SourceError | None:
    return next((failure_error(reason, path) for kind, reason in _REASONS if isinstance(err, kind)), None)


def _unknown_error(err: error.FFmpegError, path: str) -> SourceError:
    return _error(SourceProblem.OTHER, path, f"cannot be read: {err.strerror or 'unknown error'}")


def _network_error(err: error.FFmpegError, path: str) -> SourceError:
    if isinstance(err, error.OSError) and err.strerror == "Input/output error" and _has_address(path):
        return failure_error(missing_stream_reason(path), path)
    return failure_error(UNREACHABLE, path)


def _has_address(path: str) -> bool:
    """Tell whether the host's name is known: libav has one error for that and for much else."""
    try:
        host = urlsplit(path).hostname
    except ValueError:
        return True
    if not host:
        return True
    try:
        socket.getaddrinfo(host, None)
    except OSError, UnicodeError:
        return False
    return True


def _error(problem: SourceProblem, path: str, words: str) -> SourceError:
    return SourceError(problem, f"{redact_url(path)}: {words}")
