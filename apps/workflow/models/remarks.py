"""Remarks of reviewing bodies, and their answers."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.workflow.models.history import AuditEntry
from apps.workflow.models.paper import GenericQuerySet, Paper


class RemarkQuerySet(GenericQuerySet["Remark"]):
    def open(self) -> Self:
        return self.filter(resolved_at=None)

    def with_people(self) -> Self:
        """Together with those who wrote, answered and resolved them."""
        return self.select_related("author", "answered_by", "resolved_by")

    def round_of(self, paper: Paper) -> int:
        """Count the rounds of the paper: how often it entered the state that begins one, and at least one."""
        begun = AuditEntry.objects.of(paper).filter(to_state=paper.round_state)
        return max(1, begun.exclude(from_state=paper.round_state).count()) if paper.round_state else 1


class Remark(models.Model):
    """A remark of the reviewing body to a line or to the whole paper, and the answer to it."""

    class Kind(models.TextChoices):
        MUST = "must", _("must")
        ADVICE = "advice", _("advice")
        QUESTION = "question", _("question")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    paper = GenericForeignKey("content_type", "object_id")
    line_id = models.PositiveBigIntegerField(null=True, blank=True)
    field = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MUST)
    round = models.PositiveSmallIntegerField(default=1)
    side = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    objects: ClassVar[RemarkQuerySet] = RemarkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("created_at", "pk")
        indexes = (models.Index(fields=("content_type", "object_id"), name="remark_of_paper"),)

    def __str__(self) -> str:
        return self.text[:60]
