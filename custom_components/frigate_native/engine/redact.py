"""Takes users, passwords and tokens out of texts before anybody reads them."""

import re
from typing import Final

HIDDEN: Final = "***"

# A URL runs to the next white space or to the next URL; JSON writes its slashes as `\/`.
_SCHEME: Final = r"[A-Za-z][A-Za-z0-9+.\-]*:(?:\\?/){2}"
_URL: Final = re.compile(rf"(?P<scheme>{_SCHEME})(?P<rest>(?:(?!{_SCHEME})\S)*)")
# A host and perhaps a port, with the punctuation that a sentence puts behind them.
_HOST: Final = re.compile(r"(?:\[[0-9A-Fa-f:.%]*\]|[\w.\-]*)(?::\d*)?[:;,.)\]}>\"'\\]*")
# The rest of a line up to its last @, where a password with a blank in it ends; "host:554: " is no password.
_BLANKS: Final = re.compile(
    rf"(?P<scheme>{_SCHEME})(?!\[)[^\s/:@]+:(?!\d*[:;,.)\]}}>\"']*[ \t])"
    rf"[^\s/@]*[ \t](?:(?!{_SCHEME})[^\n/@])*@"
)
_PARAMETER: Final = re.compile(
    r"(?P<name>[?&;/_](?:amp;)?"
    r"(?:user(?:name)?|usr|login(?:use|pas)?|pass(?:wd|word|wort|phrase)?|pwd|psw|pw|secret|credentials?"
    r"|(?:access_?|auth_?|refresh_?|id_?)?token|auth(?:sig)?|api_?key|key)=)"
    r"[^&\s]*?(?=[\"'>),;:.\]}]*(?:[&\s]|$))",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(r"(?P<name>authorization:\s*(?:basic|bearer|digest)\s+)[^\s\"'\\]+", re.IGNORECASE)


def redact_url(text: str) -> str:
    """Return the text with `***` for what is secret in the URLs inside it.

    User and password before the host, values of parameters such as `password`, `token` or `user`, and
    Authorization headers are hidden. In doubt (an @ behind what may be a slash of the password) too much is
    hidden rather than too little.
    """
    text = _BLANKS.sub(rf"\g<scheme>{HIDDEN}@", text)
    text = _URL.sub(_without_user, text)
    text = _PARAMETER.sub(rf"\g<name>{HIDDEN}", text)
    return _HEADER.sub(rf"\g<name>{HIDDEN}", text)


def _without_user(url: re.Match[str]) -> str:
    rest = url["rest"]
    end = _user_end(rest)
    return url[0] if end < 0 else f"{url['scheme']}{HIDDEN}{rest[end:]}"


def _user_end(rest: str) -> int:
    """Return where the @ behind user and password is, -1 without one."""
    authority = rest.partition("/")[0]
    end = authority.rfind("@")
    if end >= 0 or ":" not in authority:
        return end
    # No @ before the first slash: either host:port, or the slash belongs to the password.
    if _HOST.fullmatch(authority):
        return rest.partition("?")[0].rfind("@")
    return rest.rfind("@")
