"""Indexes that grow from one version to the next."""

from sqlalchemy import Connection, Index, inspect


def put_wider(connection: Connection, index: Index) -> None:
    """Put an index in the place of the narrower one of its name, unless it is there already."""
    assert index.table is not None
    found = {known["name"]: known["column_names"] for known in inspect(connection).get_indexes(index.table.name)}
    if index.name in found and len(found[index.name]) < len(index.columns):
        index.drop(connection)
    index.create(connection, checkfirst=True)
