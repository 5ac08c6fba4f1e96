"""Whether issued papers still are what was issued: by their fingerprints in the history, file by file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models

from apps.documents.models import IssuedDocument, RenderedFile

type Issue = tuple[int, str, str, str]  # content type and key of the paper, kind, sha256


def untrue_to_history(entries: models.QuerySet[Any]) -> Iterator[tuple[str, str]]:
    """Yield place and kind of each fault.

    `snapshot_changed`: other words than its fingerprint says; `snapshot_unknown`: no step issued it;
    `snapshot_lost`: a step issued it, and it is gone; `file_changed`: other bytes than were rendered. A file
    that is not there is no fault: it is rendered anew. What is issued meanwhile is left to the next time.
    """
    newest = IssuedDocument.objects.aggregate(newest=models.Max("pk"))["newest"] or 0
    vouched = places_of_issues(entries)
    for document in IssuedDocument.objects.order_by("pk").iterator(chunk_size=100):
        place = f"{document.snapshot['source']['region']} {document._meta.label_lower} {document.pk}"
        if not document.is_intact:
            yield place, "snapshot_changed"
        issue = (document.content_type_id, document.object_id, document.kind, document.sha256)
        if vouched[issue]:
            vouched[issue].pop()
        elif document.pk <= newest:
            yield place, "snapshot_unknown"
    for place in (place for places in vouched.values() for place in places):
        yield place, "snapshot_lost"
    for file in RenderedFile.objects.order_by("pk").iterator():
        if file.is_kept and not file.is_intact:
            yield f"{file._meta.label_lower} {file.pk}", "file_changed"


def places_of_issues(entries: models.QuerySet[Any]) -> dict[Issue, list[str]]:
    """Gather what the steps issued, with the places in the history that say so."""
    places: dict[Issue, list[str]] = defaultdict(list)
    issuing = entries.filter(changes__has_key="issued").select_related("chain").order_by("pk")
    for entry in issuing.iterator():
        for kind, sha256 in entry.changes["issued"].items():
            issue = (entry.content_type_id, entry.object_id, kind, sha256)
            places[issue].append(f"{entry.chain.name} {entry.sequence} {kind}")
    return places
