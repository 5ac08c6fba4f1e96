"""The unbroken history: chains and their entries."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.workflow.models.paper import GenericQuerySet


class AuditChain(models.Model):
    """The head of one chain of history: a region's, or the national one."""

    name = models.CharField(max_length=64, unique=True)
    head = models.CharField(max_length=64, blank=True)
    length = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("audit chain")
        verbose_name_plural = _("audit chains")

    def __str__(self) -> str:
        return f"{self.name}: {self.length}"


class AuditEntryQuerySet(GenericQuerySet["AuditEntry"]):
    def update(self, **_values: Any) -> NoReturn:
        raise TypeError("History is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("History is append-only.")


class AuditEntry(models.Model):
    """Who did what to which paper, when, in which capacity and on what basis. Append-only."""

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="entries")
    sequence = models.PositiveBigIntegerField()
    moment = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=200, blank=True)
    capacity = models.TextField(blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    paper = GenericForeignKey("content_type", "object_id")
    action = models.CharField(max_length=60)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    comment = models.TextField(blank=True)
    basis_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    basis_id = models.CharField(max_length=40, blank=True)
    basis = GenericForeignKey("basis_type", "basis_id")
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects: ClassVar[AuditEntryQuerySet] = AuditEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("entry of history")
        verbose_name_plural = _("entries of history")
        ordering = ("chain", "sequence")
        constraints = (models.UniqueConstraint(fields=("chain", "sequence"), name="audit_sequence_once"),)
        indexes = (models.Index(fields=("content_type", "object_id", "-id"), name="audit_of_paper"),)

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("History is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("History is append-only.")
