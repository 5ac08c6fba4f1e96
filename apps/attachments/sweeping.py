"""Files that no row names: their transaction was undone after they were written, or never begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models
from django.utils import timezone

# Where the portal itself puts files, by names of its own.
FOLDERS = ("attachments", "papers")
# Old enough for the transaction that wrote the file to have ended one way or the other.
AGE = timedelta(days=1)


def sweep() -> int:
    """Remove what is older than a day and named by no row of any model; return how many files."""
    eldest = timezone.now() - AGE
    old = [
        path
        for folder in FOLDERS
        for path in files_in(folder)
        if default_storage.get_modified_time(path) < eldest
    ]
    # Asked after the files were listed: a row that comes later names a file that was not old.
    orphans = set(old) - named_files()
    for path in orphans:
        default_storage.delete(path)
    return len(orphans)


def files_in(folder: str) -> Iterator[str]:
    """Name every file below a folder of the store."""
    if not default_storage.exists(folder):
        return
    folders, files = default_storage.listdir(folder)
    for name in files:
        yield f"{folder}/{name}"
    for name in folders:
        yield from files_in(f"{folder}/{name}")


def named_files() -> set[str]:
    """Name every file that some row holds, whatever the model."""
    return {
        name
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
        for name in model._default_manager.values_list(field.name, flat=True)
    }
