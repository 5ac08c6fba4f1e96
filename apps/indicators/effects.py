"""What a step of a list leaves behind: dates, stamps and marks, in the step's own transaction."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from apps.groups.models import WorkingGroup
from apps.indicators.models import IndicatorList, TypicalList
from apps.ui.fields import DayField
from apps.workflow.workflow import Deed, workflow_of


def stamp_sending(deed: Deed) -> None:
    date_sending(deed)
    deed.paper.opened_at = None


def date_sending(deed: Deed) -> None:
    deed.paper.sent_on = deed.dated


def stamp_opening(deed: Deed) -> None:
    deed.paper.opened_at = deed.moment


def stamp_agreement(deed: Deed) -> None:
    date_agreement(deed)
    deed.paper.agreed_at = deed.moment


def date_agreement(deed: Deed) -> None:
    deed.paper.agreed_on = deed.dated


def stamp_recommendation(deed: Deed) -> None:
    """The decision is the basis; the list no longer stands without a recommendation."""
    protocol = deed.basis.item.meeting.protocol  # type: ignore[union-attr]
    deed.paper.recommendation = deed.basis
    deed.paper.recommended_at = deed.moment
    deed.paper.recommended_on = protocol.dated or protocol.meeting.held_on
    deed.paper.marks = [mark for mark in deed.paper.marks if mark["code"] != "without_recommendation"]


class RecordAct:
    """The akimat's act by which the list is approved: its kind, and the number and date of the hand-over."""

    def fields(self) -> dict[str, forms.Field]:
        return {
            "act_kind": forms.ChoiceField(
                label=capfirst(gettext_lazy("kind of the act")),
                choices=WorkingGroup.ActKind,
                initial="resolution",
            )
        }

    def __call__(self, deed: Deed) -> None:
        deed.paper.act_kind = deed.data.get("act_kind") or WorkingGroup.ActKind.RESOLUTION
        date_act(deed)


def date_act(deed: Deed) -> None:
    """The act has the number and the date of the hand-over."""
    deed.paper.act_number = deed.hand_over.outgoing_number if deed.hand_over else ""
    deed.paper.approved_on = deed.dated


def mark_retrospective(deed: Deed) -> None:
    deed.paper.is_retrospective = True
    deed.paper.add_mark("retrospective", deed.reason)


class PutInForce:
    """Publication: the list is in force from its day on, the one before it is superseded the same day."""

    def fields(self) -> dict[str, forms.Field]:
        return {
            "published_on": DayField(
                label=gettext_lazy("In force since"),
                required=False,
                help_text=gettext_lazy("Empty: today; for a list approved on paper, the date of its act."),
            )
        }

    def __call__(self, deed: Deed) -> None:
        paper = deed.paper
        by_itself = paper.approved_on if paper.is_retrospective else timezone.localdate(deed.moment)
        paper.published_on = deed.data.get("published_on") or by_itself
        earlier = IndicatorList.objects.filter(
            region=paper.region_id, status=IndicatorList.Status.PUBLISHED
        ).first()
        if earlier:
            workflow_of(earlier).perform(
                earlier,
                "supersede",
                actor=deed.actor,
                basis=paper,
                data={"superseded_on": paper.published_on},
            )


def stamp_superseding(deed: Deed) -> None:
    deed.paper.superseded_on = deed.data["superseded_on"]


def supersede_typical(deed: Deed) -> None:
    earlier = TypicalList.objects.filter(status=TypicalList.Status.PUBLISHED).first()
    if earlier:
        workflow_of(earlier).perform(earlier, "supersede", actor=deed.actor, basis=deed.paper)
