"""The regions' lists of SDG indicators: Annex 1 (points 16 and 22)."""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from apps.accounts import roles
from apps.accounts.models import Role
from apps.grid.models import Line
from apps.groups.models import WorkingGroup, seat_in
from apps.indicators.models.typical import ListRow, TypicalList
from apps.organisations.models import Region
from apps.ui.dates import date_long, date_since
from apps.workflow.models import Paper

MINISTRY = "ministry"


class IndicatorListQuerySet(models.QuerySet["IndicatorList"]):
    def visible_to(self, user: Any) -> IndicatorListQuerySet:
        """One's region's lists; settled ones for a district and the Council, sent ones for the ministry."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.AUDITOR):
            return self
        seen = Q(region__in=user.regions(*roles.REGIONAL))
        seen |= Q(region__in=WorkingGroup.objects.where_sits(user).values("region"))
        if districts := user.regions(Role.DISTRICT_STAFF):
            above = Region.objects.filter(children__in=districts)
            seen |= Q(region__in=above.values("pk"), status__in=IndicatorList.SETTLED)
        if user.has_role(*roles.MINISTRY):
            seen |= ~Q(status=IndicatorList.Status.DRAFT)
        if user.has_role(Role.WORKING_BODY):
            seen |= Q(status__in=IndicatorList.SETTLED)
        return self.filter(seen)

    def in_force_on(self, day: datetime.date) -> IndicatorListQuerySet:
        """Lists in force on that day: published by then and not yet replaced."""
        return self.filter(published_on__lte=day).filter(Q(superseded_on=None) | Q(superseded_on__gt=day))

    def under_way(self) -> IndicatorListQuerySet:
        """Lists being drawn up, agreed or approved; one that came from paper was approved before it came."""
        return self.filter(status__in=IndicatorList.UNDER_WAY, is_retrospective=False)


class IndicatorList(Paper):
    """A region's list of SDG indicators, one row a version (points 16 and 22, Annex 1).

    The akimat draws it up and approves it; the working group recommends, the ministry agrees. Recommendation
    and agreement are two independent, dated stamps. A list is in force from `published_on` until the day
    before `superseded_on`, whatever its state says by then. One that has taken rows of a demonstration
    typical list is marked for good, and so is every list copied from it.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("list: draft")
        SENT = "sent", _("list: sent for agreement")
        RETURNED = "returned", _("list: returned for rework")
        AGREED = "agreed", _("list: agreed")
        APPROVED = "approved", _("list: approved")
        PUBLISHED = "published", _("list: published (in force)")
        SUPERSEDED = "superseded", _("list: superseded")

    UNDER_WAY = ("draft", "sent", "returned", "agreed", "approved")
    SETTLED = ("approved", "published", "superseded")

    remark_permission = "indicators.review_list"
    answer_permission = "indicators.edit_list"
    remark_states = ("sent", "returned")
    round_state = "sent"
    round_words = _("round of agreement {round}")
    history_words = {
        "added": _("rows added"),
        "from_typical": _("rows taken over from the typical list"),
        "deleted": _("rows deleted"),
        "moved": _("rows moved"),
        "pasted": _("rows pasted from Excel"),
        "translated": _("texts added in the other language"),
    }

    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="indicator_lists")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, related_name="indicator_lists"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    edition = models.PositiveSmallIntegerField(_("edition"), default=1)
    typical_list = models.ForeignKey(TypicalList, models.PROTECT, null=True, blank=True, related_name="lists")
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")
    is_demonstration = models.BooleanField(_("demonstration (unofficial)"), default=False, editable=False)
    opened_at = models.DateTimeField(_("opened by the ministry"), null=True, editable=False)
    recommendation = models.ForeignKey(
        "meetings.Decision", models.PROTECT, null=True, editable=False, related_name="+"
    )
    recommended_at = models.DateTimeField(null=True, editable=False)
    recommended_on = models.DateField(null=True, editable=False)
    sent_on = models.DateField(null=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    agreed_on = models.DateField(null=True, editable=False)
    act_kind = models.CharField(
        _("kind of the act"),
        max_length=12,
        choices=WorkingGroup.ActKind,
        default="resolution",
        editable=False,
    )
    act_number = models.CharField(_("number of the act"), max_length=60, blank=True, editable=False)
    approved_on = models.DateField(null=True, editable=False)
    published_on = models.DateField(null=True, editable=False)
    superseded_on = models.DateField(null=True, editable=False)
    is_retrospective = models.BooleanField(default=False, editable=False)

    objects: ClassVar[IndicatorListQuerySet] = IndicatorListQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("list of indicators")
        verbose_name_plural = _("lists of indicators")
        ordering = ("region", "-year", "-edition")
        constraints = (
            models.UniqueConstraint(fields=("region", "year", "edition"), name="list_edition_once"),
            models.UniqueConstraint(
                fields=("region",), condition=Q(status="published"), name="one_list_in_force_per_region"
            ),
            models.UniqueConstraint(
                fields=("region",),
                condition=Q(
                    status__in=("draft", "sent", "returned", "agreed", "approved"), is_retrospective=False
                ),
                name="one_list_under_way_per_region",
            ),
        )

    def __str__(self) -> str:
        return f"{self.region_id} {self.year}/{self.edition}"

    def get_absolute_url(self) -> str:
        return reverse("indicators:indicatorlist_detail", kwargs={"pk": self.pk})

    @property
    def title(self) -> Any:
        return _("List of indicators for {year}, edition {edition}").format(
            year=self.year, edition=self.edition
        )

    @property
    def place(self) -> str:
        return self.region.name

    @property
    def audit_chain(self) -> str:
        return self.region_id

    @property
    def is_editable(self) -> bool:
        return self.status in {self.Status.DRAFT, self.Status.RETURNED}

    @property
    def is_in_force(self) -> bool:
        """Whether the list is in force today; its state alone does not say it (ADR 14)."""
        today = timezone.localdate()
        begun = bool(self.published_on and self.published_on <= today)
        return begun and (self.superseded_on is None or self.superseded_on > today)

    @property
    def stands_since(self) -> datetime.date:
        """A list stands as it does since it came into force, until it is replaced."""
        has_ended = self.superseded_on and self.superseded_on <= timezone.localdate()
        return super().stands_since if has_ended or not self.published_on else self.published_on

    @property
    def settled_on(self) -> datetime.date:
        """The day since which the list is as it is, though it may come into force later."""
        return min(self.stands_since, timezone.localdate(self.status_since))

    def get_status_display(self) -> str:
        """The words of the state, with the first day in force or the last one where it is still ahead."""
        today, begins, ends = timezone.localdate(), self.published_on, self.superseded_on
        if self.status == self.Status.PUBLISHED and begins and begins > today:
            return _("published, in force {since}").format(since=date_since(begins))
        if self.status == self.Status.SUPERSEDED and begins and ends and ends > max(begins, today):
            last = date_long(ends - datetime.timedelta(days=1))
            if begins > today:
                return _("in force {since}, last day – {last}").format(since=date_since(begins), last=last)
            return _("in force, last day – {last}").format(last=last)
        return super().get_status_display()

    @cached_property
    def group(self) -> WorkingGroup | None:
        """The working group whose recommendations the list takes into account (point 16)."""
        try:
            return self.organisation.working_group
        except WorkingGroup.DoesNotExist:
            return None

    def issuer_of(self, transition: str) -> str:
        """The ministry numbers its answers, the akimat its letters and, in another register, its acts."""
        if transition in {"agree", "return_for_rework"}:
            return MINISTRY
        register = "acts" if transition in {"approve", "register_on_paper"} else "organisation"
        return f"{register}:{self.organisation_id}"

    def seat_of(self, actor: Any) -> str:
        return seat_in(actor, self.group.pk) if self.group else ""

    def line_names(self) -> dict[str, str]:
        return {
            str(item.pk): _("row {number}, {code}").format(number=place, code=item.code or "–")
            for place, item in enumerate(self.items.all(), start=1)
        }


class IndicatorListItem(ListRow, Line):
    """A row of a region's list: columns 1 to 8 of Annex 1, and beyond them unit, years and direction.

    Values are kept as typed and, where they are numbers, as numbers. `key` follows a row through editions.
    """

    class Source(models.TextChoices):
        TYPICAL = "typical", _("typical list")
        CATALOGUE = "catalogue", _("national catalogue")
        EARLIER = "earlier", _("earlier list")
        OWN = "own", _("own indicator")

    indicator_list = models.ForeignKey(IndicatorList, models.CASCADE, related_name="items")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    source = models.CharField(_("source of the row"), max_length=10, choices=Source, default=Source.OWN)
    own_reason = models.TextField(_("why this indicator"), blank=True)
    baseline = models.CharField(_("baseline value"), max_length=120, blank=True)
    baseline_value = models.DecimalField(max_digits=30, decimal_places=10, null=True, editable=False)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline value"), null=True, blank=True)
    target = models.CharField(_("target value"), max_length=120, blank=True)
    target_value = models.DecimalField(max_digits=30, decimal_places=10, null=True, editable=False)
    target_year = models.PositiveSmallIntegerField(_("year of the target value"), null=True, blank=True)
    departments = models.ManyToManyField(
        "organisations.Organisation", blank=True, related_name="+", verbose_name=_("departments that answer")
    )

    class Meta(ListRow.Meta):
        verbose_name = _("row of the list")
        verbose_name_plural = _("rows of the list")
        constraints = (models.UniqueConstraint(fields=("indicator_list", "key"), name="row_once_per_list"),)


IndicatorList.line_model = IndicatorListItem
