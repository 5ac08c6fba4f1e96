"""Meetings of a working group, their protocols, and decisions that act (points 6 and 7)."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.groups.models import Member, WorkingGroup
from apps.groups.rules import seat_in
from apps.ui.dates import dated_paper
from apps.ui.localised import localised
from apps.workflow.models import Paper


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


class Decision(models.Model):
    """What the group decided on a question; a kind that acts moves its paper when the protocol is signed."""

    history_related = ("item__meeting__protocol", "item__meeting__group")

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("what the decision does"), max_length=40, blank=True)
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
    def label(self) -> str:
        """The number under which the protocol has the decision: «1.2»."""
        return f"{self.item.position}.{self.position}"

    @property
    def anchor(self) -> str:
        return f"decision-{self.pk}"

    @property
    def subject(self) -> Any:
        """The paper on which the decision acts: that of its question."""
        return self.item.subject


class ProtocolQuerySet(models.QuerySet["Protocol"]):
    def visible_to(self, user: Any) -> ProtocolQuerySet:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def numbered_alike(self, protocol: Protocol) -> ProtocolQuerySet:
        """Other protocols of the same group with the same number in the same year."""
        year = (protocol.dated or protocol.meeting.held_on).year
        alike = self.filter(meeting__group=protocol.meeting.group_id, number=protocol.number)
        return alike.filter(Q(dated__year=year) | Q(dated=None, meeting__held_on__year=year)).exclude(
            pk=protocol.pk
        )


class Protocol(Paper):
    """The protocol drawn up after a meeting (point 6); signing it carries out its decisions.

    It is there, as a draft, from the day on which the meeting is planned: its row is what whoever edits the
    meeting holds. `chair` and `secretary` are seats; who signed, in which position, acting or not, is copied
    from them at signing (decision 9 of the design).
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("protocol: draft")
        SIGNED = "signed", _("protocol: signed")
        PUBLISHED = "published", _("protocol: published")

    line_model = AgendaItem
    part_models = (Meeting, Attendance, Decision)
    history_words = {
        "plan": _("meeting planned"),
        "edit": _("meeting and protocol edited"),
        "cancel": _("meeting cancelled"),
        "attach": _("signed original attached"),
    }

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="protocol")
    number = models.CharField(_("protocol No."), max_length=60, blank=True)
    dated = models.DateField(_("date of the protocol"), null=True, blank=True)
    chair = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("presided")
    )
    chair_is_acting = models.BooleanField(_("acting (chair)"), default=False)
    chair_name = models.CharField(_("chair"), max_length=200, blank=True)
    chair_position_kk = models.CharField(_("position of the chair, in Kazakh"), max_length=300, blank=True)
    chair_position_ru = models.CharField(_("position of the chair, in Russian"), max_length=300, blank=True)
    secretary = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("secretary")
    )
    secretary_is_acting = models.BooleanField(_("acting (secretary)"), default=False)
    secretary_name = models.CharField(_("secretary"), max_length=200, blank=True)
    secretary_position_kk = models.CharField(
        _("position of the secretary, in Kazakh"), max_length=300, blank=True
    )
    secretary_position_ru = models.CharField(
        _("position of the secretary, in Russian"), max_length=300, blank=True
    )
    is_retrospective = models.BooleanField(default=False, editable=False)

    objects: ClassVar[ProtocolQuerySet] = ProtocolQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return self.meeting.get_absolute_url()

    @property
    def title(self) -> str:
        """«2027 жылғы 22 қаңтардағы № 1 хаттама» / «протокол № 1 от 22 января 2027 года»."""
        return dated_paper(gettext("protocol"), self.number or "–", self.dated or self.meeting.held_on)

    @property
    def place(self) -> str:
        return self.meeting.group.region.name

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
        return self.status == self.Status.DRAFT and self.meeting.cancelled_at is None

    @property
    def is_signed(self) -> bool:
        return self.status != self.Status.DRAFT

    def seat_of(self, actor: Any) -> str:
        return seat_in(actor, self.group_id)

    def line_names(self) -> dict[str, str]:
        """Name questions by their key, and decisions by theirs after a `d`."""
        items = list(self.meeting.agenda.prefetch_related("decisions"))
        questions = {str(item.pk): f"{item.position}. {localised(item, 'title')}" for item in items}
        decisions = {
            f"d{one.pk}": f"{item.position}.{one.position}. {localised(one, 'text')}"
            for item in items
            for one in item.decisions.all()
        }
        return questions | decisions
