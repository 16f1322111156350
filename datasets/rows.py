"""Rows by the hundred thousand, read and written without an object for each: cells as the database's driver has them.

Model instances and converters cost more than the database itself where there are a million scores.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import CharField, Field, ForeignKey, JSONField, Model, QuerySet, UUIDField

ROWS_AT_ONCE = 5000

Each = TypeVar("Each")
Cell = Any  # what a driver takes or gives


def in_pieces(rows: Iterable[Each], size: int) -> Iterator[list[Each]]:
    """What one transaction writes, after the other."""
    rest = iter(rows)
    while piece := list(islice(rest, size)):
        yield piece


class Keys(dict[Cell, UUID]):
    """Primary keys by what the driver gives for them (SQLite: 32 hex digits), each made once."""

    def __missing__(self, cell: Cell) -> UUID:
        self[cell] = key = as_key(cell)
        return key


def as_key(cell: Cell) -> UUID:
    """A primary key as the driver gives it."""
    return cell if isinstance(cell, UUID) else UUID(cell)


def read_rows(queryset: "QuerySet[Any, tuple[Any, ...]]") -> Iterator[tuple[Cell, ...]]:
    """The rows of a `values_list` query: keys are for `Keys`, JSON is text, SQLite's truth is 0 or 1."""
    for rows in read_blocks(queryset):
        yield from rows


def read_blocks(queryset: "QuerySet[Any, tuple[Any, ...]]") -> Iterator[list[tuple[Cell, ...]]]:
    """The same, some thousand at once."""
    sql, parameters = queryset.query.get_compiler(connection=connection).as_sql()
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield rows


def write_rows(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    constant: Mapping[str, Any] | None = None,
    replace: Sequence[str] = (),
) -> int:
    """Insert rows of these columns, with the same `constant` cells in each; returns how many. For transactions.

    Other columns get their defaults. Where a row with the same `replace` columns stands, its other cells are replaced.
    """
    fields = [field_of(model, name) for name in columns]
    given = {field_of(model, name): value for name, value in (constant or {}).items()}
    left = [field for field in model._meta.concrete_fields if field not in {*fields, *given} and not field.primary_key]
    shared = given | {field: field.get_default() for field in left}
    statement = insertion(model, [*fields, *shared], [field_of(model, name) for name in replace])
    tail = [field.get_db_prep_save(value, connection) for field, value in shared.items()]
    changes = [(place, cell_of) for place, field in enumerate(fields) if (cell_of := conversion(field))]
    written, rest = 0, iter(rows)
    with connection.cursor() as cursor:
        while block := [cells(row, changes, tail) for row in islice(rest, ROWS_AT_ONCE)]:
            cursor.executemany(statement, block)
            written += len(block)
    return written


def delete_rows(model: type[Model], keys: Iterable[Any]) -> None:
    """Delete rows by their primary keys, for transactions.

    A queryset takes six times as long, since it looks for what hangs on each row; here the database refuses then.
    """
    key = field_of(model, model._meta.pk.name)
    table, column = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(str(key.column))
    cell_of = conversion(key) or (lambda value: value)
    with connection.cursor() as cursor:
        statement = f"DELETE FROM {table} WHERE {column} = %s"  # noqa: S608 — names of our own
        cursor.executemany(statement, [(cell_of(value),) for value in keys])


def field_of(model: type[Model], name: str) -> "Field[Any, Any]":
    """A column of a model's table."""
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is no column of {model.__name__}.")
    return field


def insertion(model: type[Model], fields: Sequence["Field[Any, Any]"], unique: Sequence["Field[Any, Any]"]) -> str:
    """The statement that inserts one row, or replaces the one that has the same unique columns."""
    names = {field: connection.ops.quote_name(str(field.column)) for field in fields}
    table, values = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {table} ({', '.join(names.values())}) VALUES ({values})"  # noqa: S608 — names of our own
    if not unique:
        return statement
    changed = ", ".join(f"{name} = EXCLUDED.{name}" for field, name in names.items() if field not in unique)
    return f"{statement} ON CONFLICT ({', '.join(names[field] for field in unique)}) DO UPDATE SET {changed}"


def conversion(field: "Field[Any, Any]") -> Callable[[Any], Cell] | None:
    """How a value of this column is made what the driver takes; None where it is that already."""
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, UUIDField):
        return None if connection.features.has_native_uuid_field else digits
    if isinstance(target, JSONField):
        return json_text
    return str if isinstance(target, CharField) else None  # drivers know no enumerations


def digits(key: UUID) -> str:
    """A key as SQLite has it."""
    return key.hex


def json_text(value: Any) -> str:
    """A value as JSON."""
    return orjson.dumps(value).decode()


def cells(row: Sequence[Any], changes: Sequence[tuple[int, Callable[[Any], Cell]]], tail: Sequence[Cell]) -> list[Cell]:
    """One row as the driver takes it."""
    values = [*row, *tail]
    for place, cell_of in changes:
        values[place] = cell_of(values[place])
    return values
