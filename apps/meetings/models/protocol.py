"""What a meeting decided, and the protocol that says so (points 6 and 7)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.groups.models import Member, seat_in
from apps.meetings.models.meeting import AgendaItem, Attendance, Meeting
from apps.ui.dates import dated_paper
from apps.ui.localised import Words
from apps.workflow.models import Paper


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

    text = Words()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ("item__position", "position", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(position__gte=1), name="decision_numbered_from_one"),
        )

    def __str__(self) -> str:
        words = gettext("{protocol}, decision {number}")
        return words.format(protocol=self.item.meeting.protocol.title, number=self.label)

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
    from them at signing (ADR 3).
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
        questions = {str(item.pk): f"{item.position}. {item.title}" for item in items}
        decisions = {
            f"d{one.pk}": f"{item.position}.{one.position}. {one.text}"
            for item in items
            for one in item.decisions.all()
        }
        return questions | decisions
