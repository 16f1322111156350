"""Queries that the ORM writes once: to write one costs ten times what the database needs to answer it.

For the few queries of the labeling loop, which everybody waits for. All others are asked in the usual way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql import UpdateQuery

Row = TypeVar("Row")


@dataclass(frozen=True)
class Given:
    """The place in a statement where a named value goes."""

    name: str


@dataclass(frozen=True)
class Statement:
    """A query's text for one kind of database, where its values go, and how a row of the answer is read."""

    sql: str
    parameters: Sequence[Any]  # Any: whatever the driver takes
    read: Callable[[Any], Any] = tuple  # Any: a row as the driver gives it

    def filled(self, values: Mapping[str, object]) -> list[Any]:
        """The parameters, with these values in their places."""
        return [as_parameter(values[each.name]) if isinstance(each, Given) else each for each in self.parameters]


class Compiled(Generic[Row]):
    """A query that differs from one time to the next by its values alone.

    `build` is called once, with the examples, and must return a queryset that uses each as it stands in places that
    take such values. An example is a value that the query holds nowhere else.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **examples: object) -> None:
        self.build, self.examples = build, examples
        self.statements: dict[str, Statement] = {}

    def ask(self, **values: object) -> list[Row]:
        """The rows that the query has with these values; each call asks the database anew."""
        statement = self.statement()
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.filled(values))
            rows = cursor.fetchall()
        return [statement.read(row) for row in rows]

    def first(self, **values: object) -> Row | None:
        """The first row, if there is one."""
        return next(iter(self.ask(**values)), None)

    def statement(self) -> Statement:
        """The query as the database in use takes it."""
        if connection.vendor not in self.statements:
            self.statements[connection.vendor] = self.compile()
        return self.statements[connection.vendor]

    def compile(self) -> Statement:
        """Have the ORM write the statement for the database in use."""
        queryset: Any = self.build(**self.examples)  # Any: the stubs do not tell of the attribute below
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        make = instances(compiler) if queryset._fields is None else tuple
        return Statement(sql, marked(parameters, self.examples), reader(compiler, make))


class CompiledUpdate(Compiled[Any]):
    """An update of the rows that `build` finds; `changes` gives each column an example or an expression."""

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], changes: Mapping[str, object], **examples: object
    ) -> None:
        super().__init__(build, **examples)
        self.changes = changes

    def run(self, **values: object) -> int:
        """Write; returns how many rows were found."""
        statement = self.statement()
        with connection.cursor() as cursor:
            cursor.execute(statement.sql, statement.filled(values))
            return int(cursor.rowcount)

    def compile(self) -> Statement:
        """Have the ORM write the statement for the database in use."""
        query: Any = self.build(**self.examples).query.chain(UpdateQuery)  # Any: an UpdateQuery from here on
        query.add_update_values(self.changes)
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        return Statement(sql, marked(parameters, self.examples))


def marked(parameters: Sequence[Any], examples: Mapping[str, object]) -> list[Any]:
    """Parameters in which every example has become the place of a value; LookupError where one is not among them."""
    places = {as_parameter(example): Given(name) for name, example in examples.items()}
    found = [places.get(each, each) for each in parameters]
    if {each.name for each in found if isinstance(each, Given)} != set(examples):
        raise LookupError(f"Not every example of {sorted(examples)} is in the statement as it was given.")
    return found


def as_parameter(value: Any) -> Any:
    """A value as the database takes it; whole numbers and words are taken as they are."""
    return value.hex if isinstance(value, UUID) and not connection.features.has_native_uuid_field else value


def reader(compiler: Any, make: Callable[[Sequence[Any]], Any]) -> Callable[[Any], Any]:
    """A function that reads a row's values as the model's fields give them, and makes something of them."""
    converters = list(compiler.get_converters([column for column, *_ in compiler.select]).items())

    def read(row: Sequence[Any]) -> Any:
        values = list(row)
        for place, (converts, expression) in converters:
            for convert in converts:
                values[place] = convert(values[place], expression, connection)
        return make(values)

    return read


def instances(compiler: Any) -> Callable[[Sequence[Any]], Any]:  # Any: Django's compilers are not typed
    """A function that makes an instance of a row's values, as django.db.models.query.ModelIterable does."""
    model, columns = compiler.klass_info["model"], compiler.klass_info["select_fields"]
    first, behind = columns[0], columns[-1] + 1
    names = [column.target.attname for column, *_ in compiler.select[first:behind]]
    # The stubs are of a later Django.
    related = get_related_populators(compiler.klass_info, compiler.select, connection.alias)  # type: ignore[call-arg]

    def make(values: Sequence[Any]) -> Any:
        made = model.from_db(connection.alias, names, values[first:behind])
        for each in related:
            each.populate(values, made)
        return made

    return make
