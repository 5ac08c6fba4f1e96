"""Remove stored files that no attachment names: their transaction was undone after they were written."""

import json
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.attachments.models import Attachment

# Old enough for the transaction that wrote the file to have ended one way or the other.
AGE = timedelta(days=1)


class Command(BaseCommand):
    help = "Remove files that no attachment names and that are older than a day; prints their number as JSON."

    def handle(self, *_args: Any, **_options: Any) -> None:
        removed = 0
        folders = default_storage.listdir("attachments")[0] if default_storage.exists("attachments") else []
        for folder in folders:
            for name in default_storage.listdir(f"attachments/{folder}")[1]:
                removed += self._sweep(f"attachments/{folder}/{name}")
        self.stdout.write(json.dumps({"removed": removed}))

    def _sweep(self, path: str) -> bool:
        is_old = default_storage.get_modified_time(path) < timezone.now() - AGE
        if not is_old or Attachment.objects.filter(file=path).exists():
            return False
        default_storage.delete(path)
        return True
