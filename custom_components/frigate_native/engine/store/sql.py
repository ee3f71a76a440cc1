"""SQL that differs between databases."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
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
