"""Hand-overs: how papers pass between bodies."""

from __future__ import annotations

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.workflow.models.paper import GenericQuerySet


class HandOverQuerySet(GenericQuerySet["HandOver"]):
    def numbered(self, number: str, *, issuer: str, year: int) -> Self:
        """Letters of one chancellery with the same number in the same year."""
        return self.filter(outgoing_number=number, issuer=issuer, outgoing_date__year=year)


SIGNATORY = ("signatory_name", "signatory_position_kk", "signatory_position_ru", "is_acting")
OUTGOING = ("outgoing_number", "outgoing_date", *SIGNATORY)
INCOMING = ("incoming_number", "incoming_date")


class HandOver(models.Model):
    """How a paper passed from one body to another: numbers, dates and the signatory as they then were.

    The originals live in the state's document systems, so numbers are kept as the chancelleries typed them.
    """

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    paper = GenericForeignKey("content_type", "object_id")
    transition = models.CharField(max_length=60)
    moment = models.DateTimeField(default=timezone.now)
    issuer = models.CharField(max_length=100, blank=True)
    outgoing_number = models.CharField(_("outgoing number"), max_length=60, blank=True)
    outgoing_date = models.DateField(_("outgoing date"), null=True, blank=True)
    incoming_number = models.CharField(_("incoming number"), max_length=60, blank=True)
    incoming_date = models.DateField(_("incoming date"), null=True, blank=True)
    signatory_name = models.CharField(_("signatory"), max_length=200, blank=True)
    signatory_position_kk = models.CharField(
        _("position of the signatory in Kazakh"), max_length=300, blank=True
    )
    signatory_position_ru = models.CharField(
        _("position of the signatory in Russian"), max_length=300, blank=True
    )
    is_acting = models.BooleanField(_("signs as acting"), default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[HandOverQuerySet] = HandOverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ("moment", "pk")
        indexes = (
            models.Index(fields=("content_type", "object_id"), name="handover_of_paper"),
            models.Index(fields=("issuer", "outgoing_number"), name="handover_number"),
        )

    def __str__(self) -> str:
        return f"{self.transition} {self.outgoing_number}"

    @property
    def dated(self) -> datetime.date:
        """The date of the document, by which lateness is judged; the day of entry where it is not given."""
        return self.outgoing_date or timezone.localdate(self.moment)
