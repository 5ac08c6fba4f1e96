"""Rendering what was issued, ahead of the first reader. A task may be lost or run twice: the rows know."""

import time

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import F

from apps.documents.editions import TranslationMissing
from apps.documents.models import IssuedDocument
from apps.documents.snapshot import LANGUAGES
from sdgportal import doorbell

DOCUMENTS_IN_A_RUN = 20
# The last paper of a run may take as long again before the task's time limit ends it.
SECONDS_IN_A_RUN = 120
log = structlog.get_logger(__name__)


def ring(document_id: int) -> None:
    doorbell.ring(render_document, document_id)


@shared_task
def render_document(document_id: int) -> None:
    """Render the official PDF files; the other formats are quick at their first request."""
    document = IssuedDocument.objects.get(pk=document_id)
    for language in LANGUAGES:
        try:
            document.rendered(language, "pdf")
        except TranslationMissing:
            log.info("paper_not_translated", document=document_id, language=language)


@shared_task
def sweep_documents() -> None:
    """Render what was issued and not rendered: its task was lost, or its worker was killed.

    Each attempt is counted before it is made, so that papers which cannot be rendered, or kill their worker,
    come after all others next time.
    """
    end = time.monotonic() + SECONDS_IN_A_RUN
    waiting = IssuedDocument.objects.waiting().order_by("attempts", "issued_at", "pk")
    for document_id in list(waiting.values_list("pk", flat=True)[:DOCUMENTS_IN_A_RUN]):
        if time.monotonic() >= end:
            break
        IssuedDocument.objects.filter(pk=document_id).update(attempts=F("attempts") + 1)
        try:
            render_document(document_id)
        except SoftTimeLimitExceeded:
            log.warning("paper_took_too_long", document=document_id)
            raise
        except Exception:  # one paper that cannot be rendered does not hold up the others
            log.exception("paper_not_rendered", document=document_id)
