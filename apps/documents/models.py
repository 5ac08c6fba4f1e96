"""Issued papers: a snapshot frozen at a step of the workflow, and the files rendered from it, once each."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any, ClassVar

import structlog
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from apps.documents.editions import BILINGUAL
from apps.documents.renderers import TEMPLATE_VERSION, render
from apps.documents.snapshot import LANGUAGES, fingerprint
from apps.documents.storage import WholeFileStorage

log = structlog.get_logger(__name__)


class PaperDamaged(Exception):
    """The words of an issued paper are not those that were frozen: no file of it is official."""

    def __init__(self, document: IssuedDocument) -> None:
        self.document = document
        super().__init__(f"the snapshot of issued document {document.pk} is not the one that was issued")


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def of(self, paper: models.Model) -> IssuedDocumentQuerySet:
        return self.filter(content_type=ContentType.objects.get_for_model(paper), object_id=str(paper.pk))

    def light(self) -> IssuedDocumentQuerySet:
        """Leave the words in the database, but for whose paper it is and what lacks translation."""
        return self.defer("snapshot").annotate(
            source=models.F("snapshot__source"), lacking=models.F("snapshot__missing")
        )

    def waiting(self) -> IssuedDocumentQuerySet:
        """Documents without a PDF in a language of which they have all words."""
        waiting = Q()
        for language in LANGUAGES:
            files = RenderedFile.objects.filter(document=OuterRef("pk"), language=language, format="pdf")
            waiting |= Q(~Exists(files), **{f"snapshot__missing__{language}": []})
        return self.filter(waiting)


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
    attempts = models.PositiveIntegerField(default=0, editable=False)  # of the sweep to render its files

    objects: ClassVar[IssuedDocumentQuerySet] = IssuedDocumentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("issued paper")
        verbose_name_plural = _("issued papers")
        ordering = ("-issued_at", "-pk")
        indexes = (models.Index(fields=("content_type", "object_id"), name="issued_of_paper"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} {self.transition}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("An issued paper never changes.")
        super().save(*args, **kwargs)

    @property
    def is_intact(self) -> bool:
        """Whether the snapshot still is what was frozen."""
        return fingerprint(self.snapshot) == self.sha256

    def file_name(self, language: str, file_format: str) -> str:
        """«list-110000000-2026-kk.pdf»: what the file is called when it is downloaded."""
        source = self.__dict__.get("source") or self.snapshot["source"]
        return f"{self.kind}-{source['region']}-{source['period']}-{language}.{file_format}"

    def known(self, language: str, file_format: str) -> RenderedFile | None:
        """Return the file that has been rendered, if any: the oldest, whatever the look of papers is now."""
        return self.files.filter(language=language, format=file_format).order_by("pk").first()

    def rendered(self, language: str, file_format: str) -> RenderedFile:
        """Return the file of a language and a format, rendering it only if nobody has.

        Two who render at once make the same bytes; the row that came first counts, the other file is removed.
        JSON holds both languages in one file. Raises `TranslationMissing`, and `PaperDamaged` where snapshot
        and fingerprint disagree; a file whose bytes were changed is rendered anew.
        """
        if not self.is_intact:
            log.error("paper_damaged", document=self.pk, kind=self.kind, paper=self.object_id)
            raise PaperDamaged(self)
        if file_format == "json":
            language = BILINGUAL
        known = self.known(language, file_format)
        if known and known.is_intact:
            return known
        content = render(self.snapshot, language, file_format)
        if known:
            log.warning("paper_file_put_back", file=known.pk, was_changed=known.is_kept)
            known.put_back(content)
            return known
        return self._keep(language, file_format, content)

    def _keep(self, language: str, file_format: str, content: bytes) -> RenderedFile:
        rendered = RenderedFile(document=self, language=language, format=file_format)
        rendered.describe(content)
        rendered.file.save("", ContentFile(content), save=False)
        try:
            with transaction.atomic():
                rendered.save()
        except IntegrityError:
            rendered.file.delete(save=False)
            return self.files.get(language=language, format=file_format, template_version=TEMPLATE_VERSION)
        return rendered


def rendered_path(rendered: RenderedFile, _name: str) -> str:
    return f"papers/{rendered.document_id}/{uuid.uuid4().hex}.{rendered.format}"


class RenderedFile(models.Model):
    """One file of an issued paper: a language and a format, rendered once per version of the template."""

    document = models.ForeignKey(IssuedDocument, models.CASCADE, related_name="files")
    language = models.CharField(max_length=5)
    format = models.CharField(max_length=4)
    template_version = models.CharField(max_length=20)
    file = models.FileField(upload_to=rendered_path, storage=WholeFileStorage())
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

    @property
    def is_kept(self) -> bool:
        """Whether the file is still there: a folder restored without it is no reason to refuse the paper."""
        return self.file.storage.exists(str(self.file.name))

    @property
    def is_intact(self) -> bool:
        """Whether the file is there, and has the bytes that were rendered."""
        return self.is_kept and hashlib.sha256(self.content()).hexdigest() == self.sha256

    def put_back(self, content: bytes) -> None:
        """Store the file anew under its name; its fingerprint follows, if the look differs."""
        storage: Any = self.file.storage
        storage.put_back(self.file.name, ContentFile(content))
        self.describe(content)
        self.save()

    def describe(self, content: bytes) -> None:
        self.template_version = TEMPLATE_VERSION
        self.sha256 = hashlib.sha256(content).hexdigest()
        self.size = len(content)

    def content(self) -> bytes:
        with self.file.open("rb") as file:
            return file.read()
