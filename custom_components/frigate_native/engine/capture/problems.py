"""libav's errors in words that a user can act on."""

import socket
from typing import Final
from urllib.parse import urlsplit

from av import error

from ..errors import SourceError, SourceProblem
from ..redact import redact_url
from .arguments import is_live, protocol_of

_NO_ANSWER: Final = "no answer in time; check whether the camera runs and the address is right"
_TRANSPORT_HINT: Final = "if it serves RTSP, try another -rtsp_transport (tcp, udp)"

# The first class that fits, with the problem and what follows the redacted address.
_WORDS: Final[tuple[tuple[type[error.FFmpegError], SourceProblem, str], ...]] = (
    (
        error.HTTPUnauthorizedError,
        SourceProblem.AUTH,
        "user or password is wrong or missing (401); special characters in them must be percent-encoded",
    ),
    (
        error.HTTPForbiddenError,
        SourceProblem.AUTH,
        "access is forbidden (403); check what this user may see on the camera, or whether it is locked out",
    ),
    (error.HTTPNotFoundError, SourceProblem.NOT_FOUND, "no such stream (404); check the path behind the host"),
    (error.FileNotFoundError, SourceProblem.NOT_FOUND, "no such file; check the path"),
    (error.IsADirectoryError, SourceProblem.NOT_FOUND, "is a folder; give the path of a video file"),
    (error.PermissionError, SourceProblem.OTHER, "may not be read; check the permissions"),
    (
        error.ConnectionRefusedError,
        SourceProblem.REFUSED,
        "connection refused; check the port, and whether the camera serves this kind of stream",
    ),
    (error.TimeoutError, SourceProblem.TIMEOUT, _NO_ANSWER),
    (
        error.ExitError,  # our own deadline
        SourceProblem.TIMEOUT,
        "no data in time; check whether the camera runs and is not busy with other viewers",
    ),
    (error.EOFError, SourceProblem.ENDED, "the camera closed the connection"),
    (error.ConnectionResetError, SourceProblem.ENDED, "the camera closed the connection"),
    (error.BrokenPipeError, SourceProblem.ENDED, "the camera closed the connection"),
    (
        error.HTTPTooManyRequestsError,
        SourceProblem.OTHER,
        "too many requests (429); the camera wants to be asked less often",
    ),
    (
        error.HTTPServerError,
        SourceProblem.OTHER,
        "the camera reports an error of its own (5xx); restarting it may help",
    ),
    (error.HTTPClientError, SourceProblem.OTHER, f"the camera rejects the request; {_TRANSPORT_HINT}"),
    (error.ProtocolNotFoundError, SourceProblem.OTHER, "unknown kind of address; rtsp://, rtmp:// or http:// is usual"),
    (error.DecoderNotFoundError, SourceProblem.CODEC, "its video codec cannot be decoded; use H.264 or H.265"),
    (
        error.ArgumentError,
        SourceProblem.OTHER,
        "address or input arguments are not accepted; check the port and the values in input_args",
    ),
    (
        error.InvalidDataError,
        SourceProblem.NO_VIDEO,
        "what comes from there is not video that can be read; check the path, or give its format with -f",
    ),
)
# What protocols report that gave up waiting and have no word for it.
_UNCLEAR: Final = (error.InvalidDataError, error.OSError)
_UNREACHABLE: Final = "host cannot be reached; check the address, the name and the network"
_NOT_VIDEO: Final = "answers, but not with video; check the path behind the host"


def opening_error(err: error.FFmpegError, path: str, *, is_late: bool) -> SourceError:
    """Translate libav's error about opening the source `path`. May ask the name service.

    is_late: it took as long as a timeout, for which some protocols have no error of its own.
    `err` loses the address, which it shows with user and password, so that it can be a logged cause.
    """
    err.args = (*err.args[:2], redact_url(path))
    if is_late and isinstance(err, _UNCLEAR):
        return _error(SourceProblem.TIMEOUT, path, _NO_ANSWER)
    if isinstance(err, error.OSError) and is_live(path):
        return _known_error(err, path) or _network_error(err, path)
    return _known_error(err, path) or _unknown_error(err, path)


def reading_error(err: error.FFmpegError, path: str, *, is_late: bool) -> SourceError:
    """Translate libav's error about reading from the open source `path`; otherwise like `opening_error`."""
    err.args = (*err.args[:2], redact_url(path))
    if is_late and isinstance(err, _UNCLEAR):
        return _error(SourceProblem.TIMEOUT, path, _NO_ANSWER)
    if isinstance(err, error.OSError) and is_live(path):
        return _known_error(err, path) or ended_error(path)
    return _known_error(err, path) or _unknown_error(err, path)


def kind_error(kind: type[error.FFmpegError], path: str) -> SourceError:
    """Return the error for a source with one of libav's errors that `opening_error` has words for."""
    return next(_error(problem, path, words) for known, problem, words in _WORDS if issubclass(kind, known))


def unreachable_error(path: str) -> SourceError:
    """Return the error for a host that there is no way to."""
    return _error(SourceProblem.UNREACHABLE, path, _UNREACHABLE)


def late_error(path: str) -> SourceError:
    """Return the error for a source that does not answer in time."""
    return _error(SourceProblem.TIMEOUT, path, _NO_ANSWER)


def refused_arguments_error(path: str, words: str) -> SourceError:
    """Return the error for arguments that cannot be honoured; words say which, and what to do."""
    return _error(SourceProblem.CONFIG, path, words)


def failed_error(path: str, words: str) -> SourceError:
    """Return the error for what there are no better words for."""
    return _error(SourceProblem.OTHER, path, f"cannot be read: {words}")


def no_video_error(path: str) -> SourceError:
    """Return the error for a source that holds no pictures."""
    return _error(SourceProblem.NO_VIDEO, path, "has no video stream; check the path, or the camera's settings")


def codec_error(path: str, codec: str) -> SourceError:
    """Return the error for pictures that nothing here can decode."""
    return _error(SourceProblem.CODEC, path, f"its video codec ({codec}) cannot be decoded; use H.264 or H.265")


def undecodable_error(path: str, codec: str) -> SourceError:
    """Return the error for a source whose packets all come to nothing."""
    words = (
        f"{codec} arrives, but no picture can be decoded from it; set the camera to plain H.264 or H.265"
        ' (without "smart" or "+" modes)'
    )
    return _error(SourceProblem.CODEC, path, words)


def resized_error(path: str) -> SourceError:
    """Return the error for a camera that changes its pictures' size while ffmpeg decodes them."""
    return _error(SourceProblem.ENDED, path, "the camera changed the size of its pictures; ffmpeg starts again")


def ended_error(path: str) -> SourceError:
    """Return the error for a source that came to its end."""
    words = "the camera closed the connection" if is_live(path) else "the file has ended; -stream_loop -1 repeats it"
    return _error(SourceProblem.ENDED, path, words)


def stalled_error(path: str, silence_s: float) -> SourceError:
    """Return the error for a source that sends, but no picture comes out of it."""
    words = f"no picture for {silence_s:.0f} s although the connection stands; restart the camera if this lasts"
    return _error(SourceProblem.TIMEOUT, path, words)


def _known_error(err: error.FFmpegError, path: str) -> SourceError | None:
    for kind, problem, words in _WORDS:
        if isinstance(err, kind):
            return _error(problem, path, words)
    return None


def _unknown_error(err: error.FFmpegError, path: str) -> SourceError:
    return _error(SourceProblem.OTHER, path, f"cannot be read: {err.strerror or 'unknown error'}")


def _network_error(err: error.FFmpegError, path: str) -> SourceError:
    if isinstance(err, error.OSError) and err.strerror == "Input/output error" and _has_address(path):
        return no_such_stream_error(path)
    return unreachable_error(path)


def no_such_stream_error(path: str) -> SourceError:
    """Return the error for a server that answers, but not with this stream."""
    if protocol_of(path).startswith(("rtmp", "srt")):
        return _error(SourceProblem.NOT_FOUND, path, "no such stream; check the path behind the host")
    return _error(SourceProblem.NO_VIDEO, path, _NOT_VIDEO)


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
