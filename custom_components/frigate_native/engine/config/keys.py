"""How a section of the configuration declares its keys: once, at the fields of its dataclass.

Schema, building, `/config`, documentation and forms are made from these declarations.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, field, fields
from enum import Enum, auto
from pathlib import Path
from typing import Any, Final, cast

from .problems import Problem
from .validators import Validator

type Written = Mapping[str, Any]
"""The keys of a section that a file gives, checked, by their names in the file; nothing inherited, no defaults."""
type Check = Callable[[Written], Iterable[Problem]]
"""Compares keys of one section with each other."""
type Checks = Mapping[tuple[str, ...], Check]
"""Checks by the keys that they compare; a section has them in its class variable CHECKS."""

EACH: Final = "<name>"
_KEY: Final = "key"
_CHECKS: Final = "CHECKS"


class Inheritance(Enum):
    """What a camera's section takes from the global section of the same name."""

    KEY = auto()  # this key, unless the camera gives it
    SECTION = auto()  # this key, unless the camera gives the section


@dataclass(frozen=True, slots=True, kw_only=True)
class InDirectory[T]:
    """A validator that needs the directory in which relative file names are looked for."""

    read: Callable[[object, Path], T]
    expects: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionOf:
    """A section with fixed keys."""

    keys_of: type[Any]
    is_optional: bool = False  # None if the file does not give it


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """A list of sections."""

    keys_of: type[Any]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedOf:
    """A mapping from the user's names to sections or values; its checks compare the entries as they are given.

    is_tuple: it is built as a tuple, whose entries know their names.
    """

    entry: SectionOf | Validator[Any]
    name: Validator[str]
    checks: tuple[Check, ...] = ()
    is_tuple: bool = False


type Content = Validator[Any] | InDirectory[Any] | SectionOf | ListOf | NamedOf


@dataclass(frozen=True, slots=True)
class Former:
    """A place where older or newer Frigate versions have a key, from the camera or the file downwards.

    It is read only if `when` says so about the camera or file; is_noted: users get a note.
    """

    place: str
    when: Callable[[Written], bool] = lambda _: True
    is_noted: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The place, key by key."""
        return tuple(self.place.split("."))


@dataclass(frozen=True, slots=True)
class FormField:
    """How a key appears in the forms of the user interface.

    part is the part of the form, None: the top. name is that in the form's data (the key's when None), default is
    what a new form has (the key's when None), most is the form's upper limit where the file has none. is_optional: the
    field may stay empty.
    """

    part: str | None = None
    name: str | None = None
    default: object = None
    most: int | None = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """All that is known about a key, apart from its default."""

    content: Content
    doc: str
    name: str = ""  # in the file; the field's when empty
    unit: str | None = None
    inheritance: Inheritance = Inheritance.KEY
    is_inherited: bool = False  # for sections of a camera: from the global section of the same name
    default_from: Callable[[Written], object] | None = None  # a default that depends on other keys of the section
    former: tuple[Former, ...] = ()
    has_variables: bool = False  # `{FRIGATE_…}` in it is replaced
    is_secret: bool = False  # not in `/config`, reprs and diagnostics
    no_effect: str | None = None  # why the key is accepted without effect, as a note says it
    form: FormField | None = None


def key[T](validator: Validator[T] | InDirectory[T], default: T, doc: str, **details: Any) -> T:
    """Declare a key with a value. details are those of Key."""
    return cast(T, _declare(Key(content=validator, doc=doc, **details), default=default))


def required_key[T](validator: Validator[T] | InDirectory[T], doc: str, **details: Any) -> T:
    """Declare a key that a section must have."""
    return cast(T, _declare(Key(content=validator, doc=doc, **details)))


def section[T](keys_of: type[T], doc: str, **details: Any) -> T:
    """Declare a section; without its keys it has their defaults."""
    return cast(T, _declare(Key(content=SectionOf(keys_of=keys_of), doc=doc, **details), default_factory=keys_of))


def required_section[T](keys_of: type[T], doc: str, **details: Any) -> T:
    """Declare a section that must be there."""
    return cast(T, _declare(Key(content=SectionOf(keys_of=keys_of), doc=doc, **details)))


def optional_section[T](keys_of: type[T], doc: str, **details: Any) -> T | None:
    """Declare a section that is None when it is not given."""
    content = SectionOf(keys_of=keys_of, is_optional=True)
    return cast("T | None", _declare(Key(content=content, doc=doc, **details), default=None))


def required_list[T](keys_of: type[T], doc: str, *, example: str, **details: Any) -> tuple[T, ...]:
    """Declare a list of at least one section."""
    return cast("tuple[T, ...]", _declare(Key(content=ListOf(keys_of=keys_of, example=example), doc=doc, **details)))


def named_sections[T](
    keys_of: type[T], doc: str, *, name: Validator[str], checks: tuple[Check, ...] = (), **details: Any
) -> Mapping[str, T]:
    """Declare sections under names that the user chooses."""
    content = NamedOf(entry=SectionOf(keys_of=keys_of), name=name, checks=checks)
    return cast("Mapping[str, T]", _declare(Key(content=content, doc=doc, **details), default_factory=dict))


def named_tuple[T](keys_of: type[T], doc: str, *, name: Validator[str], **details: Any) -> tuple[T, ...]:
    """Declare sections under names that the user chooses, which their dataclass has as `name`."""
    content = NamedOf(entry=SectionOf(keys_of=keys_of), name=name, is_tuple=True)
    return cast("tuple[T, ...]", _declare(Key(content=content, doc=doc, **details), default=()))


def named_values[T](entry: Validator[T], doc: str, *, name: Validator[str], **details: Any) -> Mapping[str, T]:
    """Declare values under names that the user chooses."""
    content = NamedOf(entry=entry, name=name)
    return cast("Mapping[str, T]", _declare(Key(content=content, doc=doc, **details), default_factory=dict))


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A key and the field that declares it."""

    key: Key
    attribute: str
    default: object
    is_required: bool

    @property
    def name(self) -> str:
        """The key's name in the file."""
        return self.key.name or self.attribute


def declared_keys(keys_of: type[Any]) -> dict[str, Declared]:
    """Return the keys of a section by their names in the file."""
    found = (_declared(item) for item in fields(keys_of) if _KEY in item.metadata)
    return {declared.name: declared for declared in found}


def checks_of(keys_of: type[Any]) -> Checks:
    """Return what compares a section's keys with each other."""
    checks: Checks = getattr(keys_of, _CHECKS, {})
    return checks


def walk(
    keys_of: type[Any], path: tuple[str, ...] = (), *, into_names: bool = False
) -> Iterator[tuple[tuple[str, ...], Declared]]:
    """Yield all keys of a section and of the sections in it, with their paths.

    into_names: those of lists and of sections that the user names, too; EACH stands for index or name.
    """
    for name, declared in declared_keys(keys_of).items():
        yield (*path, name), declared
        match declared.key.content:
            case SectionOf(keys_of=inner):
                yield from walk(inner, (*path, name), into_names=into_names)
            case ListOf(keys_of=inner) | NamedOf(entry=SectionOf(keys_of=inner)) if into_names:
                yield from walk(inner, (*path, name, EACH), into_names=True)


def former_places(keys_of: type[Any]) -> Iterator[tuple[Former, tuple[str, ...]]]:
    """Yield other places of a section's keys, and the path that each key has here."""
    for path, declared in walk(keys_of):
        yield from ((former, path) for former in declared.key.former)


def _declare(declaration: Key, **default: Any) -> Any:
    if isinstance(value := default.get("default"), Mapping):
        default = {"default_factory": lambda: value}
    return field(**default, repr=not declaration.is_secret, metadata={_KEY: declaration})


def _declared(item: Any) -> Declared:
    has_factory, has_default = callable(item.default_factory), item.default is not MISSING
    return Declared(
        key=item.metadata[_KEY],
        attribute=item.name,
        default=item.default_factory() if has_factory else item.default,
        is_required=not has_factory and not has_default,
    )
