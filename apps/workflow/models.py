"""What every paper shares: its state, its hand-overs, its remarks and its unbroken history."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Paper(models.Model):
    """A document with a workflow. Only `Workflow.perform` writes `status`.

    `version` grows with every stored change of the paper or of its lines, so that a stale page is noticed.
    `marks` are conditions of the order that were not met and went through with a reason (point 1).

    What the kernel cannot know, a paper says in class attributes: who may write and resolve remarks, who may
    answer them, in which states (any, when empty), the state whose entering begins a round of remarks, and
    the words for a round, the words for its own entries of history, and the models of its lines and other
    parts, whose field names the history shows.
    """

    remark_permission: ClassVar[str] = ""
    answer_permission: ClassVar[str] = ""
    remark_states: ClassVar[tuple[str, ...]] = ()
    round_state: ClassVar[str] = ""
    round_words: ClassVar[Any] = _("round {round}")
    history_words: ClassVar[Mapping[str, Any]] = {}
    line_model: ClassVar[type[models.Model] | None] = None
    part_models: ClassVar[tuple[type[models.Model], ...]] = ()

    Status: ClassVar[type[models.TextChoices]]

    status = models.CharField(_("state"), max_length=20, default="draft", db_index=True, editable=False)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    marks = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def audit_chain(self) -> str:
        """Name the chain of history that this paper belongs to."""
        raise NotImplementedError(f"{type(self).__name__} names its audit chain")

    def issuer_of(self, _transition: str) -> str:
        """Name whose chancellery numbers the letter of a step: within it a number is used once a year."""
        return self.audit_chain

    def line_names(self) -> dict[str, str]:
        """Name the lines of this paper by their key, for its remarks and its history."""
        return {}

    @property
    def stands_since(self) -> datetime.date:
        """The date of the document behind the state, kept as `<state>_on`, or the day of its entry."""
        return getattr(self, f"{self.status}_on", None) or timezone.localdate(self.status_since)

    def get_status_display(self) -> str:
        """The words of the state, as the paper's own `Status` names them."""
        return str(self.Status(self.status).label)

    def seat_of(self, actor: Any) -> str:
        """Name the actor's seat in a body that handles this paper, where such bodies exist."""
        return ""

    def may_remark(self, user: Any) -> bool:
        """Say whether the person may write and resolve remarks now."""
        return self._open_to(user, self.remark_permission)

    def may_answer(self, user: Any) -> bool:
        """Say whether the person may answer remarks now."""
        return self._open_to(user, self.answer_permission)

    def _open_to(self, user: Any, permission: str) -> bool:
        is_time = not self.remark_states or self.status in self.remark_states
        return bool(permission) and is_time and user.has_perm(permission, self)

    @property
    def mark_codes(self) -> set[str]:
        return {mark["code"] for mark in self.marks}

    def has_mark(self, code: str, step: str) -> bool:
        return any((mark["code"], mark.get("step", "")) == (code, step) for mark in self.marks)

    def add_mark(self, code: str, reason: str = "", step: str = "") -> None:
        """Put a visible mark on the paper, once for each step that leaves it; the caller saves it."""
        self.drop_mark(code, step)
        mark = {"code": code, "reason": reason, "step": step, "at": timezone.now().isoformat()}
        self.marks = [*self.marks, mark]

    def drop_mark(self, code: str, step: str) -> None:
        self.marks = [mark for mark in self.marks if (mark["code"], mark.get("step", "")) != (code, step)]


class GenericQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows that point to any paper by a generic key named `paper`."""

    def of(self, paper: models.Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(paper), object_id=str(paper.pk))


class AuditChain(models.Model):
    """The head of one chain of history: a region's, or the national one."""

    name = models.CharField(max_length=64, unique=True)
    head = models.CharField(max_length=64, blank=True)
    length = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("audit chain")
        verbose_name_plural = _("audit chains")

    def __str__(self) -> str:
        return f"{self.name}: {self.length}"


class AuditEntryQuerySet(GenericQuerySet["AuditEntry"]):
    def update(self, **_values: Any) -> NoReturn:
        raise TypeError("History is append-only.")

    def delete(self) -> NoReturn:
        raise TypeError("History is append-only.")


class AuditEntry(models.Model):
    """Who did what to which paper, when, in which capacity and on what basis. Append-only."""

    chain = models.ForeignKey(AuditChain, models.PROTECT, related_name="entries")
    sequence = models.PositiveBigIntegerField()
    moment = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=200, blank=True)
    capacity = models.TextField(blank=True)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    paper = GenericForeignKey("content_type", "object_id")
    action = models.CharField(max_length=60)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    comment = models.TextField(blank=True)
    basis_type = models.ForeignKey(ContentType, models.PROTECT, null=True, related_name="+")
    basis_id = models.CharField(max_length=40, blank=True)
    basis = GenericForeignKey("basis_type", "basis_id")
    changes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects: ClassVar[AuditEntryQuerySet] = AuditEntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("entry of history")
        verbose_name_plural = _("entries of history")
        ordering = ("chain", "sequence")
        constraints = (models.UniqueConstraint(fields=("chain", "sequence"), name="audit_sequence_once"),)
        indexes = (models.Index(fields=("content_type", "object_id", "-id"), name="audit_of_paper"),)

    def __str__(self) -> str:
        return f"{self.chain_id}/{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("History is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("History is append-only.")


class HandOverQuerySet(GenericQuerySet["HandOver"]):
    def numbered(self, number: str, *, issuer: str, year: int) -> Self:
        """Letters of one chancellery with the same number in the same year."""
        return self.filter(outgoing_number=number, issuer=issuer, outgoing_date__year=year)


SIGNATORY = ("signatory_name", "signatory_position_kk", "signatory_position_ru", "is_acting")
OUTGOING = ("outgoing_number", "outgoing_date", *SIGNATORY)
INCOMING = ("incoming_number", "incoming_date")


class HandOver(models.Model):
    """How a paper passed from one body to another: numbers, dates and the signatory as they then were.

    The originals live in the state's document systems, so numbers are kept as the chancelleries typed them.
    """

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    paper = GenericForeignKey("content_type", "object_id")
    transition = models.CharField(max_length=60)
    moment = models.DateTimeField(default=timezone.now)
    issuer = models.CharField(max_length=100, blank=True)
    outgoing_number = models.CharField(_("outgoing number"), max_length=60, blank=True)
    outgoing_date = models.DateField(_("outgoing date"), null=True, blank=True)
    incoming_number = models.CharField(_("incoming number"), max_length=60, blank=True)
    incoming_date = models.DateField(_("incoming date"), null=True, blank=True)
    signatory_name = models.CharField(_("signatory"), max_length=200, blank=True)
    signatory_position_kk = models.CharField(
        _("position of the signatory in Kazakh"), max_length=300, blank=True
    )
    signatory_position_ru = models.CharField(
        _("position of the signatory in Russian"), max_length=300, blank=True
    )
    is_acting = models.BooleanField(_("signs as acting"), default=False)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects: ClassVar[HandOverQuerySet] = HandOverQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ("moment", "pk")
        indexes = (
            models.Index(fields=("content_type", "object_id"), name="handover_of_paper"),
            models.Index(fields=("issuer", "outgoing_number"), name="handover_number"),
        )

    def __str__(self) -> str:
        return f"{self.transition} {self.outgoing_number}"

    @property
    def dated(self) -> datetime.date:
        """The date of the document, by which lateness is judged; the day of entry where it is not given."""
        return self.outgoing_date or timezone.localdate(self.moment)


class RemarkQuerySet(GenericQuerySet["Remark"]):
    def open(self) -> Self:
        return self.filter(resolved_at=None)

    def with_people(self) -> Self:
        """Together with those who wrote, answered and resolved them."""
        return self.select_related("author", "answered_by", "resolved_by")

    def round_of(self, paper: Paper) -> int:
        """Count the rounds of the paper: how often it entered the state that begins one, and at least one."""
        begun = AuditEntry.objects.of(paper).filter(to_state=paper.round_state)
        return max(1, begun.exclude(from_state=paper.round_state).count()) if paper.round_state else 1


class Remark(models.Model):
    """A remark of the reviewing body to a line or to the whole paper, and the answer to it."""

    class Kind(models.TextChoices):
        MUST = "must", _("must")
        ADVICE = "advice", _("advice")
        QUESTION = "question", _("question")

    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    paper = GenericForeignKey("content_type", "object_id")
    line_id = models.PositiveBigIntegerField(null=True, blank=True)
    field = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MUST)
    round = models.PositiveSmallIntegerField(default=1)
    text = models.TextField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    objects: ClassVar[RemarkQuerySet] = RemarkQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ("created_at", "pk")
        indexes = (models.Index(fields=("content_type", "object_id"), name="remark_of_paper"),)

    def __str__(self) -> str:
        return self.text[:60]
