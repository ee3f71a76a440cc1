"""Changes of indexes between versions."""

from sqlalchemy import Connection, Index, inspect


def replace_with_wider(connection: Connection, index: Index) -> None:
    """Replace the narrower index of the same name, unless that is done already."""
    assert index.table is not None
    found = {known["name"]: known["column_names"] for known in inspect(connection).get_indexes(index.table.name)}
    if index.name in found and len(found[index.name]) < len(index.columns):
        index.drop(connection)
    index.create(connection, checkfirst=True)
