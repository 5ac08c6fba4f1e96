"""Issued papers: a snapshot frozen at a step of the workflow, and the files rendered from it, once each."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.documents.snapshot import fingerprint


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def of(self, paper: models.Model) -> IssuedDocumentQuerySet:
        return self.filter(content_type=ContentType.objects.get_for_model(paper), object_id=str(paper.pk))


class IssuedDocument(models.Model):
    """A paper as it stood when it was sent, approved, submitted, signed or transmitted. Never changes."""

    kind = models.CharField(max_length=20)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    paper = GenericForeignKey("content_type", "object_id")
    transition = models.CharField(max_length=60)
    issued_at = models.DateTimeField()
    snapshot = models.JSONField()
    sha256 = models.CharField(max_length=64)

    objects: ClassVar[IssuedDocumentQuerySet] = IssuedDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("issued paper")
        verbose_name_plural = _("issued papers")
        ordering = ("-issued_at", "-pk")
        indexes = (models.Index(fields=("content_type", "object_id"), name="issued_of_paper"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.transition}"

    @property
    def is_intact(self) -> bool:
        """Whether the snapshot still is what was frozen."""
        return fingerprint(self.snapshot) == self.sha256


def rendered_path(rendered: RenderedFile, _name: str) -> str:
    return f"papers/{rendered.document_id}/{uuid.uuid4().hex}.{rendered.format}"


class RenderedFile(models.Model):
    """One file of an issued paper: a language and a format, rendered once per version of the template."""

    document = models.ForeignKey(IssuedDocument, models.CASCADE, related_name="files")
    language = models.CharField(max_length=5)
    format = models.CharField(max_length=4)
    template_version = models.CharField(max_length=20)
    file = models.FileField(upload_to=rendered_path)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    rendered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of a paper")
        verbose_name_plural = _("files of papers")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "language", "format", "template_version"), name="rendered_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document_id} {self.language}.{self.format}"
