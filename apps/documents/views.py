"""Handing out papers: the file of an issued document as it is kept, a draft as the paper stands now."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.cache import cache
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from django.views import View

from apps.documents.editions import PAPER_LANGUAGES, TranslationMissing
from apps.documents.models import IssuedDocument, PaperDamaged
from apps.documents.papers import PaperKind, kinds, render_draft
from apps.documents.renderers import CONTENT_TYPES
from apps.ui.dates import spoken

CONFLICT = 409
REMEMBERED, HANDED_AGAIN = 600, 60  # seconds


class FileView(LoginRequiredMixin, View):
    """A file in a language and a format; where it cannot be, the reason."""

    http_method_names = ("get", "head")
    paper: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["language"] not in PAPER_LANGUAGES or kwargs["format"] not in CONTENT_TYPES:
            raise Http404
        try:
            response = super().dispatch(request, *args, **kwargs)
        except TranslationMissing as missing:
            return untranslated(request, missing, self.paper)
        except PaperDamaged:
            context = {"paper": self.paper, "reason": _("The paper is damaged")}
            return render(request, "documents/paper_damaged.html", context, status=CONFLICT)
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
        paper = self.paper = get_object_or_404(visible(kinds[kind], request), pk=pk)
        if document := kinds[kind].latest(paper):
            kept = kept_file(document, language, format)
            return kept.response(request, kept.path.read_bytes())
        if not paper.opens_to(request.user):
            raise Http404
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
    """A file of an issued document, for those who may see its paper.

    Which file it is never changes, and is remembered for a while. Who was handed it within the last minute,
    in this session, is handed it again without asking anew, unless the day or the person's roles, seats or
    substitutions have changed.
    """

    def get(
        self,
        request: HttpRequest,
        pk: int,
        language: str,
        format: str,
    ) -> HttpResponseBase:
        key = f"issued-file:{pk}:{language}:{format}"
        handed = f"{key}:{rights_of(request)}"
        remembered = cache.get_many([key, handed])
        known: KeptFile | None = remembered.get(key)
        if known:
            if handed not in remembered:
                require_right(request, known.kind, known.paper)
                cache.set(handed, True, HANDED_AGAIN)
            if content := known.content():
                return known.response(request, content)
        document = get_object_or_404(IssuedDocument, pk=pk)
        require_right(request, document.kind, document.object_id)
        file = kept_file(document, language, format)
        cache.set(key, file, REMEMBERED)
        cache.set(handed, True, HANDED_AGAIN)
        return file.response(request, file.path.read_bytes())


def require_right(request: HttpRequest, kind: str, paper: str) -> None:
    """Let nobody further who may not see the paper at this moment: for them it does not exist."""
    if kind not in kinds or not visible(kinds[kind], request).filter(pk=paper).exists():
        raise Http404


def rights_of(request: HttpRequest) -> str:
    """Name what the person's rights rest on; any change of it gives another name."""
    person: Any = request.user
    return f"{request.session.session_key}:{person.rights_version}:{timezone.localdate()}"


def visible(kind: PaperKind, request: HttpRequest) -> Any:
    papers: Any = kind.model._default_manager
    return papers.visible_to(request.user)


class KeptFile(NamedTuple):
    """A stored file of an issued document, as it is handed out, and the paper that it is of."""

    kind: str
    paper: str
    path: Path
    name: str
    sha256: str
    media_type: str

    def content(self) -> bytes | None:
        """Return the bytes as they were rendered; None where the file is lost or was changed."""
        try:
            content = self.path.read_bytes()
        except OSError:
            return None
        return content if hashlib.sha256(content).hexdigest() == self.sha256 else None

    def response(self, request: HttpRequest, content: bytes) -> HttpResponseBase:
        """Send the file, or the word that the reader's copy is still the same."""
        etag = quote_etag(self.sha256)
        response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
        if response is None:
            response = FileResponse(
                io.BytesIO(content), as_attachment=True, filename=self.name, content_type=self.media_type
            )
        response.headers["ETag"] = etag
        return response


def kept_file(document: IssuedDocument, language: str, file_format: str) -> KeptFile:
    file = document.rendered(language, file_format)
    name = document.file_name(language, file_format)
    return KeptFile(
        document.kind,
        document.object_id,
        Path(file.file.path),
        name,
        file.sha256,
        CONTENT_TYPES[file_format],
    )


def untranslated(request: HttpRequest, missing: TranslationMissing, paper: Any) -> HttpResponse:
    """Say which places wait for words, and lead back to the paper where they can be given."""
    reason, places = _("A translation is missing"), missing.named(spoken())
    context = {"paper": paper, "reason": reason, "missing": missing, "places": places}
    return render(request, "documents/translation_missing.html", context, status=CONFLICT)
