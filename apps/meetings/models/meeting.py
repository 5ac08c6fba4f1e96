"""A working group's meetings: who attends, and which questions are on the agenda (point 6)."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.groups.models import Member, WorkingGroup
from apps.ui.localised import Words


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> MeetingQuerySet:
        return self.filter(group__in=WorkingGroup.objects.visible_to(user))

    def for_year(self, year: int) -> MeetingQuerySet:
        return self.filter(held_on__year=year)

    def of_the_year_of(self, pk: int) -> MeetingQuerySet:
        """A meeting and the others of its group in its year, by date."""
        own_year = models.F("group__meetings__held_on__year")
        return self.filter(group__meetings=pk, held_on__year=own_year).order_by("held_on", "pk")

    def not_cancelled(self) -> MeetingQuerySet:
        return self.filter(cancelled_at=None)


class Meeting(models.Model):
    """A meeting of a group: as needed, but at least once a quarter (point 6).

    It is planned while its date is ahead, and held once the date has come, unless it was cancelled.
    """

    class Form(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        MIXED = "mixed", _("mixed")
        ABSENTIA = "absentia", _("in absentia")

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="meetings", verbose_name=_("group"))
    held_on = models.DateField(_("date of the meeting"))
    starts_at = models.TimeField(_("begins at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.IN_PERSON)
    place_kk = models.CharField(_("place, in Kazakh"), max_length=300, blank=True)
    place_ru = models.CharField(_("place, in Russian"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("why the meeting did not take place"), max_length=300, blank=True)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-held_on", "-pk")
        indexes = (models.Index(fields=("group", "held_on"), name="meeting_of_group"),)

    def __str__(self) -> str:
        return f"{self.group_id} {self.held_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting_detail", kwargs={"pk": self.pk})

    @property
    def is_ahead(self) -> bool:
        return self.held_on > timezone.localdate()

    def composition(self) -> list[Any]:
        """Who sat in the group that day, each with `attended` and `representative` where that was noted."""
        noted = models.FilteredRelation("attendance", condition=Q(attendance__meeting=self.pk))
        seats = Member.objects.filter(group=self.group_id).in_force(self.held_on)
        noted_seats = seats.annotate(
            noted=noted, attended=models.F("noted__state"), representative=models.F("noted__representative")
        )
        return sorted(noted_seats, key=attrgetter("order"))


class Attendance(models.Model):
    """Whether a member took part in a meeting; a snapshot of who sat in the group that day."""

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        ABSENT = "absent", _("absent")
        REPLACED = "replaced", _("replaced by a representative")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(Member, models.PROTECT, related_name="attendance")
    state = models.CharField(_("attendance"), max_length=10, choices=State, default=State.PRESENT)
    representative = models.CharField(_("representative"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = (models.UniqueConstraint(fields=("meeting", "member"), name="attends_once"),)

    def __str__(self) -> str:
        return f"{self.member_id} {self.state}"


class AgendaItem(models.Model):
    """A question of the agenda, bound to the paper that waits for it where there is one."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("number"))
    title_kk = models.TextField(_("question in Kazakh"))
    title_ru = models.TextField(_("question in Russian"), blank=True)
    heard_kk = models.TextField(_("heard, in Kazakh"), blank=True)
    heard_ru = models.TextField(_("heard, in Russian"), blank=True)
    spoke_kk = models.TextField(_("spoke, in Kazakh"), blank=True)
    spoke_ru = models.TextField(_("spoke, in Russian"), blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    subject = GenericForeignKey("content_type", "object_id")

    title = Words()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ("meeting", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "content_type", "object_id"),
                condition=Q(content_type__isnull=False),
                name="paper_once_on_an_agenda",
            ),
        )

    def __str__(self) -> str:
        return self.title_kk

    @property
    def anchor(self) -> str:
        return f"item-{self.pk}"
