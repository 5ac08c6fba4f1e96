"""Rendering what was issued, ahead of the first reader. A task may be lost or run twice: the rows know."""

import structlog
from celery import shared_task

from apps.documents.editions import TranslationMissing
from apps.documents.models import IssuedDocument
from apps.documents.snapshot import LANGUAGES

DOCUMENTS_IN_A_RUN = 20
log = structlog.get_logger(__name__)


def ring(document_id: int) -> None:
    render_document.delay(document_id)


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
    """Render what was issued and not rendered: its task was lost, or its worker was killed."""
    for document_id in IssuedDocument.objects.waiting().values_list("pk", flat=True)[:DOCUMENTS_IN_A_RUN]:
        try:
            render_document(document_id)
        except Exception:  # one paper that cannot be rendered does not hold up the others
            log.exception("paper_not_rendered", document=document_id)
