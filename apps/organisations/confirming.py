"""The second step of an import: the file that is confirmed is the one that was shown, and no other."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from import_export.forms import ConfirmImportForm

SALT = "apps.organisations.import"
MOST_SECONDS = 3600
# What the second step acts upon; the file's own name is only shown.
SEALED = ("import_file_name", "format", "resource")


def sealed(initial: dict[str, Any]) -> dict[str, Any]:
    """Sign what the first step found, so that the second one cannot be pointed at another file."""
    seal = signing.dumps([str(initial[name]) for name in SEALED], salt=SALT)
    return {**initial, "import_file_name": seal}


class ConfirmForm(ConfirmImportForm):
    """Take the names from under the signature; whatever stands beside it in the request does not count."""

    def clean_import_file_name(self) -> str:
        try:
            held = signing.loads(self.cleaned_data["import_file_name"], salt=SALT, max_age=MOST_SECONDS)
        except signing.BadSignature as error:
            raise ValidationError("unsigned", code="unsigned") from error
        self.held = dict(zip(SEALED, held, strict=True))
        name = Path(self.held["import_file_name"]).name
        if not Path(tempfile.gettempdir(), name).is_file():
            raise ValidationError("gone", code="gone")
        return name

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            given |= {name: self.held[name] for name in ("format", "resource")}
        return given
