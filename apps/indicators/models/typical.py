"""The typical list, and what its rows share with the rows of the regions' lists (points 14 to 17)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts import roles
from apps.accounts.models import Role
from apps.goals.models import Indicator
from apps.ui.localised import Words
from apps.workflow.models import Paper


class Classification(models.IntegerChoices):
    """Annex 1, column 5: what is planned, what is only watched, and what is done."""

    RELEVANT = 1, _("relevant indicators")
    MONITORING = 2, _("indicators for monitoring")
    MEASURE = 3, _("measures")


class TypicalListQuerySet(models.QuerySet["TypicalList"]):
    def visible_to(self, user: Any) -> TypicalListQuerySet:
        """Whoever signs in sees what was published; a draft is seen by the ministry and the auditor."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(*roles.MINISTRY, Role.AUDITOR):
            return self
        return self.exclude(status=TypicalList.Status.DRAFT)

    def in_force(self) -> TypicalList | None:
        return self.filter(status=TypicalList.Status.PUBLISHED).first()


class TypicalList(Paper):
    """The typical list of indicators for regions that the Monitoring Committee recommends (point 17)."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("typical list: draft")
        PUBLISHED = "published", _("typical list: published")
        SUPERSEDED = "superseded", _("typical list: superseded")

    title_kk = models.CharField(_("title in Kazakh"), max_length=300)
    title_ru = models.CharField(_("title in Russian"), max_length=300)
    act_number = models.CharField(_("number of the act"), max_length=60, blank=True)
    act_date = models.DateField(_("date of the act"), null=True, blank=True)
    is_demonstration = models.BooleanField(_("demonstration (unofficial)"), default=False)

    audit_chain = "national"
    title = Words()

    objects: ClassVar[TypicalListQuerySet] = TypicalListQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("typical list")
        verbose_name_plural = _("typical lists")
        constraints = (
            models.UniqueConstraint(
                fields=("status",), condition=Q(status="published"), name="one_typical_list_in_force"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("indicators:typicallist_detail", kwargs={"pk": self.pk})

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def region_id(self) -> None:
        return None


class ListRow(models.Model):
    """What a row of the typical list and a row of a region's list have in common.

    `code` is the number of the national indicator, by which the catalogue and the official figures are found.
    """

    position = models.PositiveSmallIntegerField(_("No."))
    code = models.CharField(_("indicator No."), max_length=20, blank=True)
    national_kk = models.TextField(_("national indicator, in Kazakh"), blank=True)
    national_ru = models.TextField(_("national indicator, in Russian"), blank=True)
    regional_kk = models.TextField(_("indicator for the region, in Kazakh"), blank=True)
    regional_ru = models.TextField(_("indicator for the region, in Russian"), blank=True)
    classification = models.PositiveSmallIntegerField(
        _("classification 1, 2, 3"), choices=Classification, null=True, blank=True
    )
    unit_kk = models.CharField(_("unit, in Kazakh"), max_length=120, blank=True)
    unit_ru = models.CharField(_("unit, in Russian"), max_length=120, blank=True)
    direction = models.CharField(_("direction"), max_length=10, choices=Indicator.Direction, blank=True)
    responsible_kk = models.TextField(_("responsible LEB, in Kazakh"), blank=True)
    responsible_ru = models.TextField(_("responsible LEB, in Russian"), blank=True)

    national = Words()
    regional = Words()

    class Meta:
        abstract = True
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return f"{self.position}. {self.code}"

    @property
    def is_measure(self) -> bool:
        return self.classification == Classification.MEASURE

    @property
    def goal_number(self) -> int | None:
        """The number of the goal, which the indicator's number begins with."""
        first = self.code.split(".")[0]
        return int(first) if first.isascii() and first.isdigit() else None


class TypicalListItem(ListRow):
    """A row of the typical list, offered to the regions (points 16 and 17)."""

    typical_list = models.ForeignKey(TypicalList, models.CASCADE, related_name="items")

    class Meta(ListRow.Meta):
        verbose_name = _("row of the typical list")
        verbose_name_plural = _("rows of the typical list")
