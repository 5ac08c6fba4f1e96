"""What a step of a list leaves behind: dates, stamps and marks, in the step's own transaction."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from apps.groups.models import WorkingGroup
from apps.indicators.models import TypicalList
from apps.indicators.succession import begins_by_itself, place_of
from apps.ui.fields import DayField
from apps.workflow.forms import hand_over_fields
from apps.workflow.workflow import Deed, workflow_of


def stamp_sending(deed: Deed) -> None:
    date_sending(deed)
    deed.paper.opened_at = None


def undo_sending(deed: Deed) -> None:
    """Marks of a sending fall with it: the next one is looked over anew."""
    deed.paper.marks = [mark for mark in deed.paper.marks if mark.get("step") != "send"]


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
        kind = forms.ChoiceField(
            label=gettext_lazy("kind of the act"), choices=WorkingGroup.ActKind, initial="resolution"
        )
        return {"act_kind": kind, **act_fields()}

    def __call__(self, deed: Deed) -> None:
        deed.paper.act_kind = deed.data.get("act_kind") or WorkingGroup.ActKind.RESOLUTION
        date_act(deed)


def act_fields() -> dict[str, forms.Field]:
    """The number and the date of the hand-over, by the names that they have on an act."""
    fields = hand_over_fields(("outgoing_number", "outgoing_date"))
    fields["outgoing_number"].label = gettext_lazy("number of the act")
    fields["outgoing_date"].label = gettext_lazy("date of the act")
    return fields


def date_act(deed: Deed) -> None:
    """The act has the number and the date of the hand-over; while these are not given, it has none."""
    deed.paper.act_number = deed.hand_over.outgoing_number if deed.hand_over else ""
    deed.paper.approved_on = deed.hand_over.outgoing_date if deed.hand_over else None


def mark_retrospective(deed: Deed) -> None:
    deed.paper.is_retrospective = True
    deed.paper.add_mark("retrospective", deed.reason)


class PutInForce:
    """Publication: the list is in force from its day on, until the next one in the line of its region."""

    def fields(self) -> dict[str, forms.Field]:
        return {
            "published_on": DayField(
                label=gettext_lazy("In force since"),
                required=False,
                help_text=gettext_lazy(
                    "Empty: today, for a list approved on paper the date of its act, but not before "
                    "1 January of the year of the list."
                ),
            )
        }

    def __call__(self, deed: Deed) -> None:
        place = place_of(deed.paper, deed.data.get("published_on") or begins_by_itself(deed.paper))
        deed.paper.published_on, deed.paper.superseded_on = place.begins, place.ends
        if place.shortened:
            workflow_of(deed.paper).perform(
                place.shortened,
                "supersede",
                actor=deed.actor,
                basis=deed.paper,
                data={"superseded_on": place.begins},
            )


def stamp_superseding(deed: Deed) -> None:
    deed.paper.superseded_on = deed.data["superseded_on"]


def supersede_typical(deed: Deed) -> None:
    earlier = TypicalList.objects.filter(status=TypicalList.Status.PUBLISHED).first()
    if earlier:
        workflow_of(earlier).perform(earlier, "supersede", actor=deed.actor, basis=deed.paper)
