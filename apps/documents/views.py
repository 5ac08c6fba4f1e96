"""Handing out papers: the file of an issued document as it is kept, a draft as the paper stands now."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import get_language
from django.views import View

from apps.documents.editions import PAPER_LANGUAGES, TranslationMissing
from apps.documents.models import IssuedDocument
from apps.documents.papers import PaperKind, kinds, render_draft
from apps.documents.renderers import CONTENT_TYPES

CONFLICT = 409


class FileView(LoginRequiredMixin, View):
    """A file in a language and a format; where it cannot be, the reason."""

    http_method_names = ("get", "head")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["language"] not in PAPER_LANGUAGES or kwargs["format"] not in CONTENT_TYPES:
            raise Http404
        try:
            response = super().dispatch(request, *args, **kwargs)
        except TranslationMissing as missing:
            return untranslated(request, missing)
        # Who may see a paper today may not tomorrow: a browser asks again, and hears that it did not change.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


class PaperFileView(FileView):
    """The file of a paper as it stands: of the issued document where it has one, else of a draft."""

    def get(
        self,
        request: HttpRequest,
        kind: str,
        pk: int,
        language: str,
        format: str,
    ) -> HttpResponseBase:
        if kind not in kinds:
            raise Http404
        paper: Any = get_object_or_404(visible(kinds[kind], request), pk=pk)
        if document := kinds[kind].latest(paper):
            return issued_response(request, document, language, format)
        return HttpResponse(
            render_draft(paper, kind, language, format),
            content_type=CONTENT_TYPES[format],
            headers={
                "Content-Disposition": content_disposition_header(
                    as_attachment=True, filename=kinds[kind].file_name(paper, language, format)
                ),
                "Cache-Control": "private, no-store",
            },
        )


class IssuedFileView(FileView):
    """A file of an issued document, for those who may see its paper."""

    def get(
        self,
        request: HttpRequest,
        pk: int,
        language: str,
        format: str,
    ) -> HttpResponseBase:
        document = get_object_or_404(IssuedDocument.objects.light(), pk=pk)
        kind = kinds.get(document.kind)
        if kind is None or not visible(kind, request).filter(pk=document.object_id).exists():
            raise Http404
        return issued_response(request, document, language, format)


def visible(kind: PaperKind, request: HttpRequest) -> Any:
    papers: Any = kind.model._default_manager
    return papers.visible_to(request.user)


def issued_response(
    request: HttpRequest, document: IssuedDocument, language: str, file_format: str
) -> HttpResponseBase:
    """Send the stored file, or the word that the reader's copy is still the same."""
    file = document.rendered(language, file_format)
    etag = quote_etag(file.sha256)
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(
            file.file.open("rb"),
            as_attachment=True,
            filename=document.file_name(language, file_format),
            content_type=CONTENT_TYPES[file_format],
        )
    response.headers["ETag"] = etag
    return response


def untranslated(request: HttpRequest, missing: TranslationMissing) -> HttpResponse:
    """Say which places wait for words, so that they can be given."""
    reader = "ru" if (get_language() or "kk").startswith("ru") else "kk"
    context = {"missing": missing, "places": missing.named(reader)}
    return render(request, "documents/translation_missing.html", context, status=CONFLICT)
