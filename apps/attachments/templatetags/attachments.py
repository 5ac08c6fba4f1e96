"""The files of a paper, for its page."""

from typing import Any

from django import template
from django.db import models

from apps.attachments.models import Attachment

register = template.Library()


@register.inclusion_tag("attachments/_attachments.html")
def attachments_of(paper: models.Model) -> dict[str, Any]:
    """List what is attached to a paper, oldest first (one query)."""
    return {"attachments": Attachment.objects.of(paper).select_related("uploaded_by")}
