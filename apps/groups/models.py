"""Working groups and their members (points 4, 5 and 9)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.accounts import roles
from apps.accounts.models import InForceQuerySet, Substitution
from apps.ui.alphabet import sort_key
from apps.ui.localised import Words


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    def visible_to(self, user: Any) -> WorkingGroupQuerySet:
        """Groups of one's region, of its districts, and where one sits; all for those who see the country."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(*roles.NATIONAL):
            return self
        regions = user.regions(*roles.REGIONAL)
        here = Q(region__in=regions) | Q(region__parent__in=regions)
        return self.filter(here | Q(pk__in=self.where_sits(user)))

    def where_sits(self, user: Any, *capacities: str) -> WorkingGroupQuerySet:
        """Groups where the user has a seat (of these capacities) today, or stands in for who has."""
        seats = Member.objects.in_force().held_by(user)
        if capacities:
            seats = seats.filter(capacity__in=capacities)
        return WorkingGroup.objects.filter(pk__in=seats.values("group"))


class WorkingGroup(models.Model):
    """The Regional working group on sustainable development, advisory to the akimat (points 3(4) and 4).

    Groups of districts and villages (point 9) are the same, at their own bodies.
    """

    class ActKind(models.TextChoices):
        RESOLUTION = "resolution", _("resolution of the akimat")
        DECISION = "decision", _("decision of the akim")
        DIRECTIVE = "directive", _("directive")
        ORDER = "order", _("order")

    organisation = models.OneToOneField(
        "organisations.Organisation", models.PROTECT, related_name="working_group", verbose_name=_("akimat")
    )
    region = models.ForeignKey("organisations.Region", models.PROTECT, related_name="working_groups")
    name_kk = models.CharField(_("name in Kazakh"), max_length=300)
    name_ru = models.CharField(_("name in Russian"), max_length=300)
    act_kind = models.CharField(
        _("kind of the act"), max_length=12, choices=ActKind, default=ActKind.RESOLUTION
    )
    act_number = models.CharField(_("number of the act"), max_length=60, blank=True)
    act_date = models.DateField(_("date of the act"), null=True, blank=True)

    name = Words()
    title = Words("name")

    history_words: ClassVar[Mapping[str, Any]] = {
        "create": _("group entered"),
        "change": _("group changed"),
        "add_member": _("member added"),
        "change_member": _("member changed"),
    }

    objects: ClassVar[WorkingGroupQuerySet] = WorkingGroupQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("groups:workinggroup_detail", kwargs={"pk": self.pk})

    @property
    def audit_chain(self) -> str:
        return self.region_id

    @property
    def line_model(self) -> type[models.Model]:
        return Member

    def line_names(self) -> dict[str, str]:
        """Name the seats of the group, for its history."""
        return {str(pk): name for pk, name in self.members.values_list("pk", "full_name")}

    def seat_of(self, actor: Any) -> str:
        return seat_in(actor, self.pk)


class MemberQuerySet(InForceQuerySet["Member"]):
    def held_by(self, user: Any) -> MemberQuerySet:
        """Seats of the user, and of the people for whom the user stands in today."""
        absent = Substitution.objects.in_force().filter(substitute=user).values("absent")
        return self.filter(Q(user=user) | Q(user__in=absent))


class Member(models.Model):
    """A seat in the group: who sits in it, by which position, in which of the five categories of point 4."""

    class Category(models.IntegerChoices):
        BODIES = 1, _("local executive and representative bodies")
        LAW_ENFORCEMENT = 2, _("law-enforcement bodies")
        BUSINESS = 3, _("business and organisations")
        NGOS = 4, _("NGOs, public foundations, youth organisations")
        EXPERTS = 5, _("experts and active citizens")

    class Capacity(models.TextChoices):
        CHAIR = "chair", _("chair")
        DEPUTY = "deputy", _("deputy chair")
        SECRETARY = "secretary", _("secretary")
        MEMBER = "member", _("member")

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    full_name = models.CharField(_("full name"), max_length=200)
    position_kk = models.CharField(_("position in Kazakh"), max_length=300)
    position_ru = models.CharField(_("position in Russian"), max_length=300, blank=True)
    category = models.PositiveSmallIntegerField(_("category (point 4)"), choices=Category)
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity, default=Capacity.MEMBER)
    position_in_list = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    starts_on = models.DateField(_("in the group from"))
    ends_on = models.DateField(_("last day in the group"), null=True, blank=True)

    position = Words()

    objects: ClassVar[MemberQuerySet] = MemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="member_dates_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def order(self) -> tuple[Any, ...]:
        """The place in a protocol: chair, deputies, secretary, then the others as the akimat listed them."""
        rank = self.Capacity.values.index(self.capacity)
        return rank, self.position_in_list, sort_key(self.full_name), self.pk

    def sits_on(self, day: datetime.date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def seats(user: Any) -> list[Member]:
    """The seats that a user holds today, substitutions included; read once a day for each user object."""
    today = timezone.localdate()
    day, held = getattr(user, "_seats", (None, []))
    if day != today:
        here = Member.objects.in_force(today).held_by(user).select_related("group__region")
        held = list(here.order_by("pk"))
        user._seats = today, held  # noqa: SLF001 - kept for the length of a request
    return held


def capacities(user: Any, group_id: int) -> set[str]:
    """The capacities that a user holds in a group today."""
    return {seat.capacity for seat in seats(user) if seat.group_id == group_id}


def seat_in(user: Any, group_id: int) -> str:
    """Name the user's seats in a group, without a language: `secretary#3`; empty for an outsider."""
    return "; ".join(f"{capacity}#{group_id}" for capacity in sorted(capacities(user, group_id)))
