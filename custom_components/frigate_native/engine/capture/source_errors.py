"""Turns libav's errors into errors that a user can act on."""

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

# The first matching class applies.
_REASONS: Final[tuple[tuple[type[error.FFmpegError], FailureReason], ...]] = (
    (error.HTTPUnauthorizedError, UNAUTHORIZED),
    (error.HTTPForbiddenError, FORBIDDEN),
    (error.HTTPNotFoundError, NOT_FOUND),
    (error.FileNotFoundError, NO_FILE),
    (error.IsADirectoryError, FOLDER),
    (error.PermissionError, NOT_READABLE),
    (error.ConnectionRefusedError, REFUSED),
    (error.TimeoutError, LATE),
    (error.ExitError, SILENT),  # our own timeout
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
# Protocols without a timeout error report one of these.
_UNCLEAR: Final = (error.InvalidDataError, error.OSError)


def opening_error(err: error.FFmpegError, path: str, *, is_late: bool) -> SourceError:
    """Translate libav's error from opening the source `path`. May resolve the host's name.

    is_late: it took as long as a timeout; some protocols have no error for that. Removes user and password from
    `err`, so that it can be logged as the cause.
    """
    err.args = (*err.args[:2], redact_url(path))
    if is_late and isinstance(err, _UNCLEAR):
        return failure_error(LATE, path)
    if isinstance(err, error.OSError) and is_live(path):
        return _known_error(err, path) or _network_error(err, path)
    return _known_error(err, path) or _unknown_error(err, path)


def reading_error(err: error.FFmpegError, path: str, *, is_late: bool) -> SourceError:
    """Translate libav's error from reading the open source `path`; apart from that like `opening_error`."""
    err.args = (*err.args[:2], redact_url(path))
    if is_late and isinstance(err, _UNCLEAR):
        return failure_error(LATE, path)
    if isinstance(err, error.OSError) and is_live(path):
        return _known_error(err, path) or failure_error(end_reason(path), path)
    return _known_error(err, path) or _unknown_error(err, path)


def failure_error(reason: FailureReason, path: str) -> SourceError:
    """Return the error for a known reason."""
    return _error(reason.problem, path, reason.text)


def refused_arguments_error(path: str, words: str) -> SourceError:
    """Return the error for arguments that are not supported; words say which, and what to do."""
    return _error(SourceProblem.CONFIG, path, words)


def failed_error(path: str, words: str) -> SourceError:
    """Return the error for an unknown reason."""
    return _error(SourceProblem.OTHER, path, f"cannot be read: {words}")


def codec_error(path: str, codec: str) -> SourceError:
    """Return the error for an unsupported codec."""
    return _error(SourceProblem.CODEC, path, f"unsupported video codec ({codec}); set the camera to H.264 or H.265")


def undecodable_error(path: str, codec: str) -> SourceError:
    """Return the error for a source whose packets yield no picture."""
    words = (
        f"the camera sends {codec}, but no picture can be decoded from it; set it to plain H.264 or H.265"
        ' (without "smart" or "+" modes)'
    )
    return _error(SourceProblem.CODEC, path, words)


def no_key_frame_error(path: str, waited_s: float | None = None) -> SourceError:
    """Return the error for a source without the picture that decoding starts with."""
    time = "" if waited_s is None else f" for {waited_s:.0f} s"
    words = (
        f"the camera has sent no key frame{time}; set its key frame (I-frame) interval to 2 s,"
        ' and turn off "smart" or "+" modes'
    )
    return _error(SourceProblem.TIMEOUT, path, words)


def resized_error(path: str) -> SourceError:
    """Return the error for a camera that changes its resolution while ffmpeg decodes."""
    return _error(SourceProblem.ENDED, path, "the camera changed its resolution; ffmpeg restarts")


def stalled_error(path: str, silence_s: float) -> SourceError:
    """Return the error for a source that is connected but sends no more pictures."""
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
    """Return whether the host's name resolves: libav has no separate error for that."""
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
