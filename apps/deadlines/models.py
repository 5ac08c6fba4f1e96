"""Dates that the order recommends, and the reminders of them (point 27)."""

from __future__ import annotations

import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.deadlines.calendar import working_day_before
from apps.deadlines.kinds import kinds
from apps.workflow import audit
from apps.workflow.dating import LATE
from apps.workflow.workflow import workflow_of


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def of(self, subject: models.Model) -> DeadlineQuerySet:
        return self.filter(content_type=ContentType.objects.get_for_model(subject), object_id=str(subject.pk))

    def open(self) -> DeadlineQuerySet:
        return self.filter(closed_on=None)

    def close(self, subject: models.Model, kind: str, on: datetime.date) -> int:
        """Note that a duty was met, by the date of the document; a second call changes nothing."""
        return self.of(subject).open().filter(kind=kind).update(closed_on=on, closed_at=timezone.now())

    def redate(self, subject: models.Model, kind: str, on: datetime.date) -> int:
        """Let a duty that was met bear the date of its document, entered or mended later."""
        return self.of(subject).filter(kind=kind).exclude(closed_on=None).update(closed_on=on)

    def reopen(self, subject: models.Model, *names: str) -> int:
        """Note that duties are owed again: the paper was recalled or came back."""
        closed = self.of(subject).filter(kind__in=names).exclude(closed_on=None)
        return closed.update(closed_on=None, closed_at=None, reopened_on=timezone.localdate())


class Deadline(models.Model):
    """A recommended date by which a body does something about a paper. Inclusive, to the end of the day.

    `kind` is registered by an upper app with its names, the persons who have to act, and its page.
    """

    kind = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=40)
    subject = GenericForeignKey("content_type", "object_id")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="deadlines")
    year = models.PositiveSmallIntegerField(_("reporting year"))
    due_on = models.DateField(_("recommended date"))
    moved_from = models.DateField(null=True, blank=True)
    move_reason = models.CharField(max_length=300, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reopened_on = models.DateField(null=True, blank=True)

    objects: ClassVar[DeadlineQuerySet] = DeadlineQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ("due_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("kind", "content_type", "object_id"), name="deadline_once"),
        )
        indexes = (models.Index(fields=("closed_on", "due_on"), name="deadline_open"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on:%d.%m.%Y}"

    @property
    def label(self) -> Any:
        return kinds[self.kind].label

    @property
    def page(self) -> str:
        """The page where the duty is done."""
        return kinds[self.kind].page(self)

    @property
    def working_day(self) -> datetime.date:
        """The last working day on which the date can still be met."""
        return working_day_before(self.due_on)

    def move(self, on: datetime.date, reason: str, actor: Any) -> None:
        """Set another date on a basis; the first one is kept, and the paper's history tells of the move.

        A paper that was late by the old date and is not by the new one bears the mark no longer. The other
        way round none is put: the mark says that a reason was asked for and given when the step was taken.
        """
        subject: Any = self.subject
        with transaction.atomic():
            paper = workflow_of(subject).lock(subject)
            self.refresh_from_db()
            first, before = self.moved_from or self.due_on, self.due_on
            self.due_on, self.move_reason = on, reason
            self.moved_from = first if on != first else None
            self.save(update_fields=("due_on", "moved_from", "move_reason"))
            if self.closed_on and self.closed_on <= on:
                paper.drop_mark(LATE, kinds[self.kind].step)
                paper.save(update_fields=("marks",))
            audit.record(subject, actor, "move_date", comment=reason, changes={"due_on": [before, on]})

    def days_left(self, today: datetime.date) -> int:
        """Days until the date: 0 on the day, negative after it."""
        return (self.due_on - today).days

    def is_late(self, today: datetime.date) -> bool:
        return (self.closed_on or today) > self.due_on


class Reminder(models.Model):
    """One reminder of one date to one person; the row exists before the letter, and exists once.

    `offset_days` counts from the recommended date `due_on`: 30, 14, 3, 0 before it, -1 for the one after it.
    A date that was moved is reminded of anew. `batch` tells a planner which rows it inserted itself.
    """

    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    due_on = models.DateField()
    offset_days = models.SmallIntegerField()
    planned_for = models.DateField()
    batch = models.UUIDField(db_index=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = (
            models.UniqueConstraint(
                fields=("deadline", "recipient", "due_on", "offset_days"), name="reminder_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.deadline_id} {self.offset_days}"

    @property
    def identity(self) -> tuple[int, int, datetime.date, int]:
        """What makes a reminder the same one."""
        return self.deadline_id, self.recipient_id, self.due_on, self.offset_days
