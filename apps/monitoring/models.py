"""The yearly monitoring report: Annex 2 (points 25 to 27)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Role
from apps.groups.models import WorkingGroup
from apps.groups.rules import REGIONAL_ROLES
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.workflow.models import Paper


class MonitoringReportQuerySet(models.QuerySet["MonitoringReport"]):
    def visible_to(self, user: Any) -> MonitoringReportQuerySet:
        """Own region's reports and its districts'; the group's once submitted; the country's once transmitted."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.AUDITOR):
            return self
        regions = user.regions(*REGIONAL_ROLES)
        seen = Q(region__in=regions) | Q(region__parent__in=regions)
        sits = WorkingGroup.objects.where_sits(user).values("region")
        seen |= (Q(region__in=sits) | Q(region__parent__in=sits)) & ~Q(status=MonitoringReport.Status.DRAFT)
        if user.has_role(Role.WORKING_BODY, Role.MINISTRY_REVIEWER, Role.MINISTRY_ADMINISTRATOR):
            seen |= Q(transmitted_on__isnull=False)
        return self.filter(seen)

    def for_year(self, year: int) -> MonitoringReportQuerySet:
        return self.filter(year=year)

    def regional(self) -> MonitoringReportQuerySet:
        """Reports of the 20 regions, which owe their results to the Council's working body."""
        return self.filter(region__is_reporting=True)


class MonitoringReport(Paper):
    """A body's report for a year (point 27): to the working group by 15 January, on to the Council by 1 February."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("report: being filled")
        SUBMITTED = "submitted", _("report: submitted to the working group")
        CONSIDERED = "considered", _("report: considered")
        RETURNED = "returned", _("report: returned for rework")
        TRANSMITTED = "transmitted", _("report: transmitted to the working body")
        ACCEPTED = "accepted", _("report: accepted by the working body")

    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="monitoring_reports")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="monitoring_reports"
    )
    year = models.PositiveSmallIntegerField(_("reporting year"))
    indicator_list = models.ForeignKey(
        IndicatorList, models.PROTECT, null=True, blank=True, related_name="monitoring_reports"
    )
    is_measures_only = models.BooleanField(_("measures only"), default=False)
    consideration = models.ForeignKey(
        "meetings.Decision", models.PROTECT, null=True, editable=False, related_name="+"
    )
    submitted_on = models.DateField(null=True, editable=False)
    considered_on = models.DateField(null=True, editable=False)
    transmitted_on = models.DateField(null=True, editable=False)
    accepted_on = models.DateField(null=True, editable=False)
    is_retrospective = models.BooleanField(default=False, editable=False)

    objects: ClassVar[MonitoringReportQuerySet] = MonitoringReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("monitoring report")
        verbose_name_plural = _("monitoring reports")
        ordering = ("-year", "region")
        constraints = (
            models.UniqueConstraint(fields=("organisation", "year"), name="one_report_per_body_and_year"),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("monitoring:monitoringreport_detail", kwargs={"pk": self.pk})

    @property
    def title(self) -> Any:
        return _("Report for {year}").format(year=self.year)

    @property
    def audit_chain(self) -> str:
        return self.region_id

    @property
    def is_editable(self) -> bool:
        return self.status in {self.Status.DRAFT, self.Status.RETURNED}


class ReportLine(models.Model):
    """A line of Annex 2: columns 1 to 9, and beyond them whether the fact is an estimate, preliminary or final."""

    class Section(models.TextChoices):
        INDICATORS = "indicators", _("section: indicators")
        MEASURES = "measures", _("section: measures")

    class FactStatus(models.TextChoices):
        ESTIMATE = "estimate", _("estimate")
        PRELIMINARY = "preliminary", _("preliminary")
        FINAL = "final", _("final")

    report = models.ForeignKey(MonitoringReport, models.CASCADE, related_name="lines")
    section = models.CharField(max_length=10, choices=Section, default=Section.INDICATORS)
    position = models.PositiveSmallIntegerField(_("No."))
    item = models.ForeignKey(IndicatorListItem, models.PROTECT, null=True, blank=True, related_name="lines")
    name_kk = models.TextField(_("name, in Kazakh"), blank=True)
    name_ru = models.TextField(_("name, in Russian"), blank=True)
    responsible_kk = models.TextField(_("responsible, in Kazakh"), blank=True)
    responsible_ru = models.TextField(_("responsible, in Russian"), blank=True)
    data_source_kk = models.TextField(_("source of information, in Kazakh"), blank=True)
    data_source_ru = models.TextField(_("source of information, in Russian"), blank=True)
    unit_kk = models.CharField(_("unit, in Kazakh"), max_length=120, blank=True)
    unit_ru = models.CharField(_("unit, in Russian"), max_length=120, blank=True)
    reporting_year = models.PositiveSmallIntegerField(_("reporting year"))
    plan = models.CharField(_("plan"), max_length=120, blank=True)
    plan_value = models.DecimalField(max_digits=30, decimal_places=10, null=True, editable=False)
    fact = models.CharField(_("fact"), max_length=120, blank=True)
    fact_value = models.DecimalField(max_digits=30, decimal_places=10, null=True, editable=False)
    comment_kk = models.TextField(_("explanations, in Kazakh"), blank=True)
    comment_ru = models.TextField(_("explanations, in Russian"), blank=True)
    fact_status = models.CharField(_("the fact is"), max_length=12, choices=FactStatus, blank=True)
    expected_on = models.DateField(_("data expected in"), null=True, blank=True)
    departments = models.ManyToManyField("organisations.Organisation", blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("line of the report")
        verbose_name_plural = _("lines of the report")
        ordering = ("section", "position", "pk")

    def __str__(self) -> str:
        return f"{self.position}. {self.name_kk[:60]}"

    @property
    def is_filled(self) -> bool:
        """A fact, or word of when the data will exist: most statistics of a year do not on 15 January."""
        return bool(self.fact or self.expected_on)

    @property
    def progress(self) -> Decimal | None:
        """The share of the way from baseline to target: (fact − baseline) / (target − baseline); None if unknown."""
        item = self.item
        if (
            item is None
            or self.fact_value is None
            or item.baseline_value is None
            or item.target_value is None
        ):
            return None
        way = item.target_value - item.baseline_value
        return (self.fact_value - item.baseline_value) / way if way else None
