from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig
from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "apps.documents"
    verbose_name = _("Papers")

    def untrue_to_history(self, entries: models.QuerySet[Any]) -> Iterator[tuple[str, str]]:
        """Yield each issued paper and file that is not what the history vouches for: `verify_audit` asks."""
        from apps.documents.proof import untrue_to_history

        yield from untrue_to_history(entries)
