"""What the querysets of reference data share: all of it is public, and it comes in by the thousand."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Self

from django.db import models

BATCH = 1000


class ReferenceQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of public reference data, which imports bring in by the thousand."""

    def visible_to(self, user: Any) -> Self:
        """Everybody sees all of it."""
        return self

    def save_all(self, rows: Iterable[M], *, unique: Sequence[str], keep: Collection[str] = ()) -> None:
        """Insert the rows, or overwrite those with the same `unique` fields except for what `keep` names."""
        left_alone = {"id", *unique, *keep}
        fields = [field.name for field in self.model._meta.concrete_fields if field.name not in left_alone]
        self.bulk_create(rows, BATCH, update_conflicts=True, unique_fields=unique, update_fields=fields)
