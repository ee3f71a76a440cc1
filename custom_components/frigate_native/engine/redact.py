"""Hides what may be secret in texts before people read them.

Everything that is not known to be harmless is hidden. Of an address the scheme, host, port and plain parts of the path
are shown, of its parameters the names and the values of a few known ones, of ffmpeg arguments the options and the
values of known ones. All functions take linear time.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Final
from urllib.parse import quote

HIDDEN: Final = "***"


def _words(text: str) -> Iterable[str]:
    return text.split()


# An address without a scheme counts when it has its slashes.
_SCHEME: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]{0,30}:|(?<![\w:/\\]))(?:\\?/){2}")
_PASSWORD_SO_FAR: Final = re.compile(r"[^\s/@:]*:[^\s/@]*")  # user, colon and the beginning of a password
_HOST: Final = re.compile(r"(?:\[[0-9A-Fa-f:.%]{0,60}\]|[\w.\-*]{0,253})(?::(?:\d{0,5}|port))?")
_PLAIN_SEGMENT: Final = re.compile(r"[\w .~%+,:$()@*\-]{0,120}")
# Keys in paths: long runs of hexadecimal digits, or of letters and digits mixed.
_RANDOM: Final = re.compile(r"[0-9A-Fa-f]{16,}|(?=[A-Za-z_\-]*[0-9])(?=[0-9_\-]*[A-Za-z])[A-Za-z0-9_\-]{20,}")
_SIGN_IN_QUERY: Final = re.compile(r"([?&;#])")
_SIGN_IN_PATH: Final = re.compile(r"([&;]|[_/](?=[A-Za-z\-]{1,40}=))")
_PLAIN_VALUE: Final = re.compile(r"[\w.:\-]{1,32}")
_END: Final = "\"'>),;:.]}\\"
_PLAIN_PARAMETERS: Final = frozenset(
    _words("""
    action bitrate camera cameraid ch chan channel channelid codec compression date fps h height id_camera limit mode
    name_camera profile proto quality rate res resolution sound sslmode ssl stream stream_type streamtype subtype
    transport transportmode type unicast video w width
""")
)
_HEADER: Final = re.compile(
    r"(?P<name>\b(?:[\w\-]{0,40}(?:authorization|cookie|token|secret|password|api-?key|auth-?key|access-?key)"
    r"[\w\-]{0,20})\s{0,5}:\s{0,5})(?![/\s])[^\"'\\\r\n]+",
    re.IGNORECASE,
)
_ASSIGNMENT: Final = re.compile(
    r"(?P<name>(?<![A-Za-z])(?:pass(?:word|wd|wort|phrase|code)?|pwd|secret|token|api_?key)=)[^\s&\"'*][^\s&\"']*",
    re.IGNORECASE,
)
_USER_INFO: Final = re.compile(r"(?P<before>[\s\"'(<=\[{]|^)[^\s:@/\"'<>]{1,200}:[^\s]{0,2000}@")
_OPTION: Final = re.compile(r"-[a-zA-Z][\w:]{0,60}")
_FLAGS: Final = frozenset({"-an", "-hide_banner", "-nostdin", "-re", "-vn", "-y"})  # options without a value
_PLAIN_OPTION_VALUE: Final = re.compile(r"[\w.:+,%\-]{1,64}")
_PLAIN_OPTIONS: Final = frozenset(
    _words("""
    -ac -acodec -allowed_media_types -an -analyzeduration -ar -avoid_negative_ts -b -b:a -b:v -bf -bufsize -c -c:a
    -c:s -c:v -codec -codec:a -codec:v -crf -err_detect -f -fflags -flags -fps_mode -framerate -g -gpu -hide_banner
    -hwaccel -hwaccel_flags -hwaccel_output_format -level -loglevel -loop -map -max_delay -maxrate -movflags -nostdin
    -pix_fmt -preset -probesize -profile -profile:v -q:v -qp -r -re -reconnect -reconnect_at_eof -reconnect_delay_max
    -reconnect_streamed -reorder_queue_size -reset_timestamps -rtsp_flags -rtsp_transport -rw_timeout -s
    -segment_atclocktime -segment_format -segment_list_flags -segment_time -segment_times -stimeout -strftime -strict
    -stream_loop -t -tag:v -threads -timeout -tune -use_wallclock_as_timestamps -vcodec -video_size -vn -vsync -y
""")
)

_COMMON: Final = re.compile(r"[a-z]{0,6}|[0-9.:]{0,6}")

_known: set[str] = set()
"""Values that were given as secrets; hidden wherever they stand."""

_LONGEST_LINE: Final = 300  # characters
_SHORTEST_KNOWN: Final = 4  # characters; shorter values would hide parts of common words
_MOST_KNOWN: Final = 1000


def remember_secret(value: str) -> None:
    """Hide this value from now on wherever it appears in a text; for values of environment variables and secrets.

    Values of fewer than four characters are too common in texts to be hidden there.
    """
    if len(value) >= _SHORTEST_KNOWN and len(_known) < _MOST_KNOWN:
        _known.update((value, quote(value, safe="")))


def remember_arguments(words: Iterable[str]) -> None:
    """Hide what `redact_arguments` would hide of these, from now on and wherever it stands: ffmpeg repeats it.

    Short words and numbers are left out: they are common in texts.
    """
    given = list(words)
    for word, shown in zip(given, redact_arguments(given), strict=True):
        if shown != word:
            for value in {word, word.rpartition("=")[2]}:
                if not _COMMON.fullmatch(value):
                    remember_secret(value)


def redact_line(text: str) -> str:
    """Return a text from elsewhere for the log: without secrets, as one line, without control characters, and short."""
    line = " ".join(redact_url(text[:_LONGEST_LINE]).split())
    return "".join(character if character.isprintable() else "?" for character in line)


def redact_url(text: str) -> str:
    """Return a text with everything hidden that may be secret in the addresses and headers in it."""
    return "".join(_redact_line(line) for line in hide_remembered(text).splitlines(keepends=True))


def redact_address(address: str) -> str:
    """Return an address, complete or not, that may be shown: scheme, host, port, path, names of parameters.

    Unlike `redact_url` it takes the whole text for one address, blanks and missing schemes included.
    """
    address = hide_remembered(address).strip()
    scheme = _SCHEME.match(address)
    start = scheme.end() if scheme else 0
    if not scheme and address.startswith("//"):
        start = 2
    return address[:start] + _show(address[start:])


def redact_arguments(words: Iterable[str]) -> list[str]:
    """Return ffmpeg arguments, one word each: options as they are, values only of options known to be harmless."""
    shown: list[str] = []
    option = ""
    for word in words:
        if _OPTION.fullmatch(word):
            option = "" if word in _FLAGS else word
            shown.append(word)
        else:
            is_plain = option in _PLAIN_OPTIONS and _PLAIN_OPTION_VALUE.fullmatch(word) is not None
            shown.append(hide_remembered(word) if is_plain else HIDDEN)
            option = ""
    return shown


def hide_remembered(text: str) -> str:
    """Return a text without the values that `remember_secret` was given, for texts with no other secrets."""
    for value in sorted(_known, key=len, reverse=True):
        text = text.replace(value, HIDDEN)
    return text


def _redact_line(line: str) -> str:
    starts = _address_starts(line)
    if not starts:
        return _redact_prose(line)
    parts = [_redact_prose(line[: starts[0][0]])]
    for (begin, end), (following, _) in pairwise([*starts, (len(line), len(line))]):
        shown, rest = _redact_first(line[end:following])
        parts += [line[begin:end], shown, _redact_prose(rest)]
    return _HEADER.sub(rf"\g<name>{HIDDEN}", "".join(parts))


def _address_starts(line: str) -> list[tuple[int, int]]:
    """Return where the schemes of a line begin and end, but for what looks like one within a password."""
    starts: list[tuple[int, int]] = []
    for match in _SCHEME.finditer(line):
        if not starts or not _PASSWORD_SO_FAR.fullmatch(line, starts[-1][1], match.start()):
            starts.append(match.span())
    return starts


def _redact_prose(text: str) -> str:
    """Hide what may be secret outside of addresses with a scheme."""
    if "@" in text:
        text = _USER_INFO.sub(rf"\g<before>{HIDDEN}@", text)
    text = _HEADER.sub(rf"\g<name>{HIDDEN}", text)
    return _ASSIGNMENT.sub(rf"\g<name>{HIDDEN}", text)


def _redact_first(text: str) -> tuple[str, str]:
    """Return the address at the beginning of a text, behind its scheme, as it may be shown, and what follows it."""
    end = _password_with_blank_end(text)
    if end is not None:
        shown, rest = _redact_first(text[end:])
        return f"{HIDDEN}@{shown}", rest
    address = text.split(None, 1)[0] if text[:1].strip() else ""
    rest = text[len(address) :]
    bare = address.rstrip(_END)
    if "\\/" in bare:  # JSON's spelling
        return _show(bare.replace("\\/", "/")).replace("/", "\\/") + address[len(bare) :], rest
    return _show(bare) + address[len(bare) :], rest


def _password_with_blank_end(text: str) -> int | None:
    """Return the place behind the @ of `user:pass word@host`; None when there is no such password.

    "host:554: not reachable, ask me@example.com" is none.
    """
    first = text.split(None, 1)[0] if text[:1].strip() else ""
    user, colon, begin = first.partition(":")
    if not colon or not user or user.startswith("[") or "/" in first or "@" in first:
        return None
    if not begin.rstrip(_END) or (begin.rstrip(_END).isdigit() and begin != begin.rstrip(_END)):
        return None
    stops = [place for sign in "/@" if (place := text.find(sign)) >= 0]
    return min(stops) + 1 if stops and text[min(stops)] == "@" else None


def _show(rest: str) -> str:
    """Return an address behind its scheme as it may be shown."""
    user_end = rest.rfind("@")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if user_end < 0 or (not authority and rest[:1] == "/"):  # no user, or the path of a file
        return _show_located(rest)
    user_info, located = rest[:user_end], rest[user_end + 1 :]
    if re.search(r"[/?#]", user_info) and "=" in user_info:
        return HIDDEN  # either a password with these characters, or an @ in a parameter
    return f"{HIDDEN}@{_show_located(located)}"


def _show_located(rest: str) -> str:
    """Return host, port, path and parameters as they may be shown."""
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not _HOST.fullmatch(authority):
        return HIDDEN
    path, *parameters = re.split(r"(?=[?#])", rest[len(authority) :], maxsplit=1)
    if "=" in path:  # a password in it may have these signs
        path, parameters = rest[len(authority) :], []
    return authority + _show_path(path) + "".join(_show_parameters(part, _SIGN_IN_QUERY) for part in parameters)


def _show_path(path: str) -> str:
    if "=" in path or "&" in path or ";" in path:
        return _show_named_path(path)
    return "/".join(_show_segment(segment) for segment in path.split("/"))


def _show_named_path(path: str) -> str:
    """Return a path such as `/user=me_password=secret_channel=1`, as some cameras have them."""
    named = re.search(r"[A-Za-z\-]{1,40}=|[&;]", path)
    begin = named.start() if named else 0
    return _show_path(path[:begin]) + _show_parameters(path[begin:], _SIGN_IN_PATH)


def _show_segment(segment: str) -> str:
    return HIDDEN if _RANDOM.search(segment) or not _PLAIN_SEGMENT.fullmatch(segment) else segment


def _show_parameters(text: str, sign: re.Pattern[str]) -> str:
    parts = sign.split(text)  # texts and, between them, the signs
    return "".join(part if index % 2 else _show_parameter(part) for index, part in enumerate(parts))


def _show_parameter(part: str) -> str:
    if not part or part == "amp":  # HTML's spelling of &
        return part
    name, _, value = part.partition("=")
    if not value or not re.fullmatch(r"[\w.%\-]{1,40}", name):
        return HIDDEN
    is_plain = name.lower() in _PLAIN_PARAMETERS and _PLAIN_VALUE.fullmatch(value)
    return f"{name}={value if is_plain else HIDDEN}"
