"""What the databases say in different words."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class whole(FunctionElement[int]):  # noqa: N801  # it stands for a function
    """A number that is not negative without what follows its point."""

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
    """SQLite need not have been built with FLOOR; its CAST cuts off."""
    return f"CAST({compiler.process(element.clauses, **options)} AS INTEGER)"
