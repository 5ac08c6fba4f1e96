"""The questions of a meeting with their papers and decisions, and the papers that wait to be taken up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils.text import capfirst
from django.utils.translation import gettext

from apps.meetings.decisions import DecisionKind, kinds
from apps.meetings.models import AgendaItem, Decision, Meeting
from apps.ui.dates import spoken

if TYPE_CHECKING:
    from apps.meetings.forms import AgendaItemForm


@dataclass
class Question:
    """A question of the agenda, the paper it is about, and what was decided.

    `subject` is fetched only while the agenda is edited; to lead to the paper its key is enough.
    """

    item: AgendaItem
    decisions: list[Decision]
    subject: Any = None

    @property
    def model(self) -> Any:
        """The model of the paper; None where the question is about none."""
        key = self.item.content_type_id
        return ContentType.objects.get_for_id(key).model_class() if key else None

    @property
    def point(self) -> str:
        """The recommendation by which the group deals with such papers, as it is cited."""
        return next((cited(kind.point) for kind in kinds.values() if kind.model is self.model), "")

    @property
    def url(self) -> str:
        paper: Any = self.subject or (self.model and self.model(pk=self.item.object_id))
        return paper.get_absolute_url() if paper else ""

    @property
    def paper(self) -> str:
        """The paper's title, or what kind of paper it is."""
        return str(self.subject.title if self.subject else capfirst(self.model._meta.verbose_name or ""))


@dataclass(frozen=True)
class Waiting:
    """A paper that waits for the group's agenda."""

    paper: Any
    kind: DecisionKind

    @property
    def key(self) -> str:
        return f"{self.kind.name}:{self.paper.pk}"

    @property
    def said(self) -> str:
        """The question that the paper would be, in the language of the page."""
        return self.kind.agenda(self.paper)[spoken()]


class Agenda:
    """What a meeting deals with; `with_waiting` also fetches its papers, and what it could take up."""

    def __init__(self, meeting: Meeting, *, with_waiting: bool = False) -> None:
        self.meeting = meeting
        self.waiting: list[Waiting] = []
        items = list(meeting.agenda.prefetch_related("decisions"))
        papers = self._papers(items) if with_waiting else {}
        self.questions = [
            Question(item, list(item.decisions.all()), papers.get((item.content_type_id, item.object_id)))
            for item in items
        ]
        for question in self.questions:
            for decision in question.decisions:
                decision.item = question.item

    @property
    def has_decisions(self) -> bool:
        return any(question.decisions for question in self.questions)

    def _papers(self, items: list[AgendaItem]) -> dict[tuple[int | None, str], Any]:
        """Fetch, in one query for each model, the papers on the agenda and those that wait for it."""
        papers: dict[tuple[int | None, str], Any] = {}
        for model, alike in kinds_by_model().items():
            content_type = ContentType.objects.get_for_model(model)
            taken = {item.object_id for item in items if item.content_type_id == content_type.pk}
            wanted = Q(pk__in=taken)
            for kind in alike:
                wanted |= Q(pk__in=kind.waiting(self.meeting.group).order_by().values("pk"))
            owners = [one.name for one in model._meta.fields if one.name in {"region", "organisation"}]
            for paper in model._default_manager.filter(wanted).select_related(*owners):
                papers[content_type.pk, str(paper.pk)] = paper
                if str(paper.pk) not in taken:
                    self.waiting.append(Waiting(paper, alike[0]))
        return papers


def cited(point: str) -> str:
    """Cite «7(4)» as «7-тармақтың 4) тармақшасы» / «подпункт 4) пункта 7»."""
    number, _bracket, subpoint = point.rstrip(")").partition("(")
    if not subpoint:
        return gettext("point {point}").format(point=number)
    return gettext("point {point}, subpoint {subpoint})").format(point=number, subpoint=subpoint)


def kinds_by_model() -> dict[type[Model], list[DecisionKind]]:
    """Group the registered kinds by the model of their paper; the first one is proposed."""
    grouped: dict[type[Model], list[DecisionKind]] = defaultdict(list)
    for kind in kinds.values():
        grouped[kind.model].append(kind)
    return grouped


def renumber(meeting: Meeting, typed: dict[int, AgendaItemForm]) -> None:
    """Number questions and decisions from one; a question goes to the place that was typed for it."""

    def place(item: AgendaItem) -> tuple[int, int, int]:
        form = typed.get(item.pk)
        before = form.initial["position"] if form else item.position
        return item.position, (item.position > before) - (item.position < before), item.pk

    items = sorted(meeting.agenda.prefetch_related("decisions"), key=place)
    for number, item in enumerate(items, 1):
        item.position = number
    decisions = [decision for item in items for decision in _numbered(item)]
    AgendaItem.objects.bulk_update(items, ("position",))
    Decision.objects.bulk_update(decisions, ("position",))


def _numbered(item: AgendaItem) -> Iterator[Decision]:
    for number, decision in enumerate(item.decisions.all(), 1):
        decision.position = number
        yield decision
