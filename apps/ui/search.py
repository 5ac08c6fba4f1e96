"""Search that knows Kazakh: «ӨҢІР», «өңір» and «онир» find each other in both databases.

SQLite folds only ASCII, PostgreSQL by the locale of its cluster: so both fold by our own table.
"""

from __future__ import annotations

import functools
import operator
from typing import Any

from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.db.models.lookups import Contains

from apps.ui.alphabet import FOLDED, KAZAKH, search_key

SMALL = "".join(sorted(set(KAZAKH) | {"ё"})) + "abcdefghijklmnopqrstuvwxyz"
FROM = SMALL + SMALL.upper()
TO = SMALL.translate(FOLDED) * 2


class Folded(Func):
    """The text of a field as it is searched: small letters, Kazakh ones as their Russian neighbours."""

    function = "SEARCH_KEY"
    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        arguments = (*self.source_expressions, Value(FROM), Value(TO))
        return Func(*arguments, function="TRANSLATE", output_field=CharField()).as_sql(
            compiler, connection, **extra
        )


def teach_sqlite(connection: Any, **_signal: Any) -> None:
    """Give a new SQLite connection the function that PostgreSQL has by itself."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            "SEARCH_KEY", 1, lambda text: search_key(text or ""), deterministic=True
        )


def search[Rows: QuerySet[Any]](rows: Rows, words: str, *fields: str) -> Rows:
    """Keep the rows in which every word of the query occurs in one of the fields."""
    for word in search_key(words).split():
        rows = rows.filter(occurs(word, *fields))
    return rows


def occurs(word: str, *fields: str) -> Q:
    """Whether a word, folded already, occurs in one of the fields."""
    return functools.reduce(operator.or_, (Q(Contains(Folded(F(field)), word)) for field in fields))
