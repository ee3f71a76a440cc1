"""Errors of the engine: each says where it happened, what was found and how to mend it."""

from collections.abc import Iterable
from enum import StrEnum


class FrigateNativeError(Exception):
    """Base of all errors that the engine raises on purpose."""


class ConfigError(FrigateNativeError):
    """One place of the configuration that cannot be used.

    path is dotted as in the YAML file (`cameras.back.zones.yard.coordinates`, list items as `[0]`),
    problem says what was found there and mend what would be right.
    """

    def __init__(self, path: str, problem: str, mend: str) -> None:
        """Keep the three parts and join them to one line."""
        super().__init__(f"{path}: {problem}; {mend}")
        self.path = path
        self.problem = problem
        self.mend = mend


class ConfigErrors(FrigateNativeError):
    """All that is wrong in one configuration, in the order of the file."""

    def __init__(self, errors: Iterable[ConfigError]) -> None:
        """Keep the errors; the text has one line for each."""
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class SourceProblem(StrEnum):
    """Why a camera's stream cannot be used; also translation keys of repair issues."""

    AUTH = "auth"
    NOT_FOUND = "not_found"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    NO_VIDEO = "no_video"
    CODEC = "codec"
    ENDED = "ended"
    CONFIG = "config"
    ENTITY = "entity"  # a camera of Home Assistant's that the stream is from
    OTHER = "other"


class SourceError(FrigateNativeError):
    """A camera's stream cannot be opened or has ended. The text never holds a user or password."""

    def __init__(self, problem: SourceProblem, text: str) -> None:
        """Keep the kind of problem beside its words."""
        super().__init__(text)
        self.problem = problem


class DetectorProblem(StrEnum):
    """Why a detector does not work as it should; also translation keys of repair issues."""

    DOWN = "down"
    CORAL = "coral"  # cannot be used; the CPU does its work
    MODEL = "model"  # is not compiled for the Coral; the CPU does its work
    REMOTE = "remote"  # the machine that detects does not answer


class DetectorError(FrigateNativeError):
    """A detector cannot be started or does not answer."""


class StoreError(FrigateNativeError):
    """The event database cannot be used."""


class EventError(FrigateNativeError):
    """An event cannot be begun by hand."""


class FolderInUseError(FrigateNativeError):
    """Another running NVR has the folders or the database."""


class MediaError(FrigateNativeError):
    """A segment, clip, recording or snapshot cannot be written or read."""


class QueueFullError(MediaError):
    """Too many exports are waiting."""
