"""Handing out what was attached, to those who may see the paper."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, Http404, HttpRequest
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from apps.attachments.models import Attachment

SEALED: dict[str, Any] = {"default-src": ["'none'"], "sandbox": True}


@method_decorator(never_cache, name="dispatch")
@method_decorator(csp_override(SEALED), name="dispatch")
class AttachmentDownloadView(LoginRequiredMixin, View):
    """Download a file; it is never shown within the portal, whatever its content says it is."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        attachment = Attachment.objects.readable_by(request.user, pk)
        if attachment is None:
            raise Http404
        response = FileResponse(
            attachment.file.open("rb"),
            as_attachment=True,
            filename=attachment.name,
            content_type=attachment.media_type,
        )
        response["X-Content-Type-Options"] = "nosniff"
        return response
