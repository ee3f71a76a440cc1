"""Texts that every database can hold."""

import re
from typing import Final, override

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator

_UNKNOWN: Final = re.compile("[\\x00\\ud800-\\udfff]")
_REPLACEMENT: Final = "\ufffd"


class Characters(TypeDecorator[str]):
    """A text in which NUL and half characters are replaced, when it is written and when it is searched for.

    PostgreSQL refuses NUL, and no database has half characters: a request that contains them must find nothing, and an
    event must not keep all later ones from being stored.
    """

    impl: type[String] = String
    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _UNKNOWN.sub(_REPLACEMENT, value)


class LongCharacters(Characters):
    """The same for texts of any length."""

    impl = Text
    cache_ok = True
