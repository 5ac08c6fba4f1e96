"""What every paper shares: its state, its marks, and who may say what about it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Paper(models.Model):
    """A document with a workflow. Only `Workflow.perform` writes `status`.

    `version` grows with every stored change of the paper or of its lines, so that a stale page is noticed.
    `marks` are conditions of the order that were not met and went through with a reason (point 1).

    What the kernel cannot know, a paper says in class attributes: who may write and resolve remarks, who may
    answer them, in which states (any, when empty), which of several reviewing sides has its turn in a state,
    the state whose entering begins a round of remarks, and the words for a round, the words for its own
    entries of history, the models of its lines and other parts, whose field names the history shows, and the
    `place` that its title leaves out. Every paper has its own `Status` and names the `audit_chain` (a string,
    or a property) in which its history is kept.
    """

    place: ClassVar[Any] = ""
    remark_permission: ClassVar[str] = ""
    answer_permission: ClassVar[str] = ""
    remark_states: ClassVar[tuple[str, ...]] = ()
    remark_sides: ClassVar[Mapping[str, str]] = {}
    round_state: ClassVar[str] = ""
    round_words: ClassVar[Any] = _("round {round}")
    history_words: ClassVar[Mapping[str, Any]] = {}
    line_model: ClassVar[type[models.Model] | None] = None
    part_models: ClassVar[tuple[type[models.Model], ...]] = ()

    Status: ClassVar[type[models.TextChoices]]
    audit_chain: ClassVar[Any]

    status = models.CharField(_("state"), max_length=20, default="draft", db_index=True, editable=False)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    marks = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def full_title(self) -> str:
        """The title with the place, for pages and messages on which papers of many places meet."""
        return f"{self.title}. {self.place}" if self.place else str(self.title)  # type: ignore[attr-defined]

    def opens_to(self, _user: Any) -> bool:
        """Say whether one who may see the paper sees it as it stands now, or only as it was issued."""
        return True

    def issuer_of(self, _transition: str) -> str:
        """Name whose chancellery numbers the letter of a step: within it a number is used once a year."""
        return str(self.audit_chain)

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

    @property
    def letters_url(self) -> str:
        """The page on which the letters of the paper and their scans stand."""
        return self.get_absolute_url()  # type: ignore[attr-defined]

    def seat_of(self, actor: Any) -> str:
        """Name the actor's seat in a body that handles this paper, where such bodies exist."""
        return ""

    @property
    def remark_side(self) -> str:
        """The reviewing side that has its turn now, where there are several."""
        return self.remark_sides.get(self.status, "")

    def may_remark(self, user: Any) -> bool:
        """Say whether the person may write remarks now."""
        return self._open_to(user, self.remark_permission)

    def may_resolve(self, user: Any, remark: Any) -> bool:
        """Say whether the person may settle a remark now; those of another side are not theirs to settle."""
        return self.may_remark(user) and remark.side in {"", self.remark_side}

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
