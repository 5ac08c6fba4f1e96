"""The yearly monitoring report: Annex 2 (points 25 to 27)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.accounts import roles
from apps.accounts.models import Role
from apps.deadlines.models import Deadline
from apps.grid.models import Line
from apps.groups.models import WorkingGroup, seat_in
from apps.indicators.models import IndicatorList, IndicatorListItem
from apps.monitoring.progress import Standing, progress_of, standing_of
from apps.ui.localised import Words
from apps.workflow.models import Paper

COUNCIL = "council"


class MonitoringReportQuerySet(models.QuerySet["MonitoringReport"]):
    def visible_to(self, user: Any) -> MonitoringReportQuerySet:
        """Of one's region and its districts; of the group once submitted; of the country once transmitted."""
        return self._seen_by(user, Q(transmitted_on__isnull=False))

    def read_by(self, user: Any) -> MonitoringReportQuerySet:
        """Of these, those whose lines one reads as they stand now: the country none that came back."""
        return self._seen_by(user, Q(status__in=MonitoringReport.PASSED_ON))

    def _seen_by(self, user: Any, by_the_country: Q) -> MonitoringReportQuerySet:
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.AUDITOR):
            return self
        regions = user.regions(*roles.REGIONAL)
        seen = Q(region__in=regions) | Q(region__parent__in=regions)
        sits = WorkingGroup.objects.where_sits(user).values("region")
        seen |= (Q(region__in=sits) | Q(region__parent__in=sits)) & ~Q(status=MonitoringReport.Status.DRAFT)
        if user.has_role(*roles.NATIONAL_READERS):
            seen |= by_the_country
        return self.filter(seen)

    def for_year(self, year: int) -> MonitoringReportQuerySet:
        return self.filter(year=year)

    def regional(self) -> MonitoringReportQuerySet:
        """Reports of the 20 regions, which owe their results to the Council's working body."""
        return self.filter(region__is_reporting=True)

    def open(self) -> MonitoringReportQuerySet:
        """Reports that may still be filled in."""
        return self.filter(status__in=MonitoringReport.EDITABLE)

    def waiting_for(self, group: WorkingGroup) -> MonitoringReportQuerySet:
        """Reports submitted to a group: its region's, and those of the region's districts."""
        region = Q(region=group.region_id) | Q(region__parent=group.region_id)
        return self.filter(region, status=MonitoringReport.Status.SUBMITTED)

    def with_completion(self) -> MonitoringReportQuerySet:
        """Count the lines, and those that have a fact or word of when the data will exist."""
        is_filled = ~Q(lines__fact="") | Q(lines__expected_on__isnull=False)
        return self.annotate(
            line_count=Count("lines"), filled_count=Count("lines", filter=is_filled & Q(lines__isnull=False))
        )


class MonitoringReport(Paper):
    """A body's report for a year (point 27): to its working group by 15 January, on by 1 February."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("report: being filled")
        SUBMITTED = "submitted", _("report: submitted to the working group")
        CONSIDERED = "considered", _("report: considered")
        RETURNED = "returned", _("report: returned for rework")
        TRANSMITTED = "transmitted", _("report: transmitted to the working body")
        ACCEPTED = "accepted", _("report: accepted by the working body")

    EDITABLE = (Status.DRAFT, Status.RETURNED)
    PASSED_ON = (Status.TRANSMITTED, Status.ACCEPTED)
    # A page that has read the lines puts them here, so that they are not read again for their names.
    shown_lines: list[ReportLine] | None = None

    remark_permission = "monitoring.remark_report"
    answer_permission = "monitoring.change_report"
    remark_states = ("submitted", "returned", "transmitted")
    # The group and the Council's working body each have their turn, and settle their own remarks in it.
    remark_sides: ClassVar[Mapping[str, str]] = {"submitted": "group", "transmitted": "working_body"}
    round_state = "submitted"
    part_models = (Deadline,)
    history_words: ClassVar[Mapping[str, Any]] = {
        "open": _("report opened"),
        "follow_list": _("report follows the list in force"),
        "add_line": _("line added"),
        "delete_line": _("line deleted"),
        "entrust": _("line entrusted to departments"),
        "pasted": _("rows pasted from Excel"),
        "move_date": _("recommended date moved"),
    }

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
    def letters_url(self) -> str:
        return reverse("monitoring:monitoringreport_letters", kwargs={"pk": self.pk})

    @property
    def title(self) -> Any:
        return _("Report for {year}").format(year=self.year)

    @property
    def place(self) -> str:
        return self.region.name

    @property
    def audit_chain(self) -> str:
        return self.region_id

    @property
    def is_editable(self) -> bool:
        return self.status in self.EDITABLE

    @property
    def is_demonstration(self) -> bool:
        """Whether the list that the report follows holds rows of a demonstration typical list."""
        return bool(self.indicator_list and self.indicator_list.is_demonstration)

    @property
    def is_regional(self) -> bool:
        """Whether the results go on to the Council's working body; a district owes it nothing."""
        return self.region.is_reporting

    @cached_property
    def group(self) -> WorkingGroup | None:
        """The group that considers the report: the akimat's own, for a district that of its oblast."""
        if self.is_regional:
            return getattr(self.organisation, "working_group", None)
        return WorkingGroup.objects.filter(region=self.region.parent_id).first()

    def opens_to(self, user: Any) -> bool:
        """The country reads what it was given; what came back is the akimat's until it goes there again."""
        if self.transmitted_on is None or self.status in self.PASSED_ON:
            return True
        return bool(user.has_perm("monitoring.read_lines", self))

    def issuer_of(self, transition: str) -> str:
        return COUNCIL if transition in {"accept", "return_by_body"} else self.audit_chain

    def seat_of(self, actor: Any) -> str:
        return seat_in(actor, self.group.pk) if self.group else ""

    def line_names(self) -> dict[str, str]:
        """Name each line as the form does: its section's number and what it measures."""
        lines = self.lines.all() if self.shown_lines is None else self.shown_lines
        return {str(line.pk): f"{line.position}. {line.name}" for line in lines}


class ReportLineQuerySet(models.QuerySet["ReportLine"]):
    def in_order(self) -> ReportLineQuerySet:
        """Indicators first, then measures, each in its order, with what the row is compared with."""
        return self.select_related("item").order_by(F("section"), "position", "pk")

    def open_to(self, user: Any, report: MonitoringReport) -> ReportLineQuerySet:
        """The lines that a person may fill in: staff all of them, a department its own."""
        if not report.is_editable:
            return self.none()
        if user.has_perm("monitoring.change_report", report):
            return self
        entrusted = ReportLine.departments.through.objects.filter(
            organisation__in=user.organisations(Role.DEPARTMENT_EXECUTOR)
        )
        return self.filter(pk__in=entrusted.values("reportline"))

    def empty(self) -> ReportLineQuerySet:
        return self.filter(fact="", expected_on=None)


class ReportLine(Line):
    """A line of Annex 2: columns 1 to 9, and beyond them what the fact is and when data are expected."""

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
    departments = models.ManyToManyField(
        "organisations.Organisation", blank=True, related_name="+", verbose_name=_("departments")
    )

    name = Words()

    objects: ClassVar[ReportLineQuerySet] = ReportLineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("line of the report")
        verbose_name_plural = _("lines of the report")
        ordering = ("section", "position", "pk")
        constraints = (models.UniqueConstraint(fields=("report", "item"), name="item_once_per_report"),)

    def __str__(self) -> str:
        return f"{self.position}. {self.name[:60]}"

    @property
    def is_measure(self) -> bool:
        return self.section == self.Section.MEASURES

    @property
    def is_filled(self) -> bool:
        """A fact, or word of when the data will exist: most statistics of a year do not on 15 January."""
        return bool(self.fact or self.expected_on)

    @property
    def progress(self) -> Any:
        """The share of the way from baseline to target (ADR 32); None where unknown."""
        return progress_of(self)

    @property
    def standing(self) -> Standing | None:
        """How the fact stands to plan and target by the indicator's direction; None where that is unknown."""
        return standing_of(self)


MonitoringReport.line_model = ReportLine
