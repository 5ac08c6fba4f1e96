"""Meetings of a working group, their protocols, and decisions that act (points 6 and 7)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apps.groups.models import Member, WorkingGroup
from apps.groups.rules import seat_in
from apps.workflow.models import Paper


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> MeetingQuerySet:
        return self.filter(group__in=WorkingGroup.objects.visible_to(user))


class Meeting(models.Model):
    """A meeting of a group: as needed, but at least once a quarter (point 6)."""

    class Form(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        MIXED = "mixed", _("mixed")
        ABSENTIA = "absentia", _("in absentia")

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    form = models.CharField(_("form"), max_length=10, choices=Form, default=Form.IN_PERSON)
    place_kk = models.CharField(_("place in Kazakh"), max_length=300, blank=True)
    place_ru = models.CharField(_("place in Russian"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("why the meeting did not take place"), max_length=300, blank=True)
    is_retrospective = models.BooleanField(default=False)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return f"{self.group_id} {self.held_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting_detail", kwargs={"pk": self.pk})

    @property
    def quarter(self) -> int:
        """The calendar quarter, 1 to 4, in which the meeting is counted."""
        return (self.held_on.month - 1) // 3 + 1


class Attendance(models.Model):
    """Whether a member took part in a meeting; a snapshot of who sat in the group that day."""

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        ABSENT = "absent", _("absent")
        REPLACED = "replaced", _("replaced by a representative")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.PRESENT)
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
    content_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+")
    object_id = models.CharField(max_length=40, blank=True)
    subject = GenericForeignKey("content_type", "object_id")

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ("meeting", "position", "pk")

    def __str__(self) -> str:
        return self.title_kk


class ProtocolQuerySet(models.QuerySet["Protocol"]):
    def visible_to(self, user: Any) -> ProtocolQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Protocol(Paper):
    """The protocol drawn up after a meeting (point 6); signing it carries out its decisions.

    Chair and secretary are snapshots of who signed, in which position, acting or not (decision 9 of the design).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("protocol: draft")
        SIGNED = "signed", _("protocol: signed")
        PUBLISHED = "published", _("protocol: published")

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="protocol")
    number = models.CharField(_("number"), max_length=60, blank=True)
    dated = models.DateField(_("date"), null=True, blank=True)
    chair_name = models.CharField(_("chair"), max_length=200, blank=True)
    chair_position_kk = models.CharField(max_length=300, blank=True)
    chair_position_ru = models.CharField(max_length=300, blank=True)
    secretary_name = models.CharField(_("secretary"), max_length=200, blank=True)
    secretary_position_kk = models.CharField(max_length=300, blank=True)
    secretary_position_ru = models.CharField(max_length=300, blank=True)
    is_retrospective = models.BooleanField(default=False)

    objects: ClassVar[ProtocolQuerySet] = ProtocolQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")

    def __str__(self) -> str:
        return f"№ {self.number}"

    def get_absolute_url(self) -> str:
        return self.meeting.get_absolute_url()

    @property
    def group_id(self) -> int:
        return self.meeting.group_id

    @property
    def region_id(self) -> str:
        return self.meeting.group.region_id

    @property
    def audit_chain(self) -> str:
        return self.region_id

    @property
    def is_editable(self) -> bool:
        return self.status == self.Status.DRAFT

    def seat_of(self, actor: Any) -> str:
        return seat_in(actor, self.group_id)


class Decision(models.Model):
    """What the group decided on a question; a kind that acts moves its paper when the protocol is signed."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    text_kk = models.TextField(_("decision in Kazakh"))
    text_ru = models.TextField(_("decision in Russian"), blank=True)
    responsible_kk = models.CharField(_("responsible, in Kazakh"), max_length=300, blank=True)
    responsible_ru = models.CharField(_("responsible, in Russian"), max_length=300, blank=True)
    due_on = models.DateField(_("term"), null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    performed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("item__position", "position", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(position__gte=1), name="decision_numbered_from_one"),
        )

    def __str__(self) -> str:
        return self.text_kk[:80]

    def get_absolute_url(self) -> str:
        return self.item.meeting.get_absolute_url()

    @property
    def subject(self) -> Any:
        """The paper on which the decision acts: that of its question."""
        return self.item.subject
