"""Files that people attach to papers: scans of signed originals and of acts."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.attachments.content import media_type_of, plain_name


def random_path(_attachment: Attachment, _name: str) -> str:
    """A stored name that says nothing and cannot be chosen by the sender."""
    name = uuid.uuid4().hex
    return f"attachments/{name[:2]}/{name}"


MOST_FILES = 50


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, subject: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(subject), object_id=str(subject.pk))

    def refuse_too_many(self, subject: models.Model) -> None:
        """Raise ValidationError where the paper has as many files as anybody could read."""
        if self.of(subject).count() >= MOST_FILES:
            words = _("The paper has {count} files already: no more are taken.").format(count=MOST_FILES)
            raise ValidationError(words, code="too_many")

    def attach(
        self, subject: models.Model, scan: File[Any] | Attachment, *, purpose: str, user: Any
    ) -> Attachment:
        """Keep a scan beside its paper: an upload, or one that was stored ahead (see `store`).

        Raises ValidationError for too many files, or for no scan.
        """
        self.refuse_too_many(subject)
        attachment = scan if isinstance(scan, Attachment) else self.store(scan)
        attachment.subject, attachment.purpose, attachment.uploaded_by = subject, purpose, user
        attachment.save()
        return attachment

    def store(self, upload: File[Any]) -> Attachment:
        """Put an upload away and return what is to become its row, or raise ValidationError: it is no scan.

        Done before the transaction that saves the row: twenty megabytes are written while nobody waits for a
        lock. A file whose row never came is swept away after a day.
        """
        media_type = media_type_of(upload)
        digest = hashlib.sha256()
        for chunk in upload.chunks():
            digest.update(chunk)
        upload.seek(0)
        attachment = Attachment(
            name=plain_name(upload.name or ""),
            media_type=media_type,
            size=upload.size,
            sha256=digest.hexdigest(),
        )
        attachment.file.save(attachment.name, upload, save=False)
        return attachment

    def readable_by(self, user: Any, pk: int) -> Attachment | None:
        """Return the file if the person may see the paper that it belongs to."""
        attachment = self.filter(pk=pk).first()
        if attachment is None:
            return None
        papers = attachment.content_type.model_class()._default_manager.visible_to(user)  # type: ignore[union-attr]
        return attachment if papers.filter(pk=attachment.object_id).exists() else None


class Attachment(models.Model):
    """A scan (PDF, JPEG or PNG by content) that belongs to a paper; originals live in the state's systems."""

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    subject = GenericForeignKey("content_type", "object_id")
    purpose = models.CharField(max_length=60, blank=True)
    file = models.FileField(upload_to=random_path)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(max_length=60)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("created_at", "pk")
        indexes = (models.Index(fields=("content_type", "object_id"), name="attachment_of_subject"),)

    def __str__(self) -> str:
        return self.name
