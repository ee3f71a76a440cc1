"""SQL that differs between databases, and that several queries share."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Integer, case, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class whole(FunctionElement[int]):  # noqa: N801  # named like an SQL function
    """The integer part of a non-negative number."""

    inherit_cache = True
    type = Integer()


@compiles(whole)
def _floor(element: whole, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(FLOOR({compiler.process(element.clauses, **options)}) AS INTEGER)"


@compiles(whole, "mysql")
@compiles(whole, "mariadb")
def _floor_mariadb(element: whole, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(FLOOR({compiler.process(element.clauses, **options)}) AS SIGNED)"


@compiles(whole, "sqlite")
def _cut(element: whole, compiler: SQLCompiler, **options: Any) -> str:
    """SQLite may have been built without FLOOR; its CAST truncates."""
    return f"CAST({compiler.process(element.clauses, **options)} AS INTEGER)"


def offset_of(time: InstrumentedAttribute[float], offsets: Sequence[tuple[float, int]]) -> ColumnElement[Any]:
    """Return the offset from UTC at a time, in seconds; offsets are from `local_days.utc_offsets`."""
    *changing, (_, last) = offsets
    if not changing:
        return literal(float(last))
    return case(*((time < end, float(offset)) for end, offset in changing), else_=float(last))
