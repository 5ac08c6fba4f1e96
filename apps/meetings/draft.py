"""A meeting while its protocol is a draft: all parts of the page as one form, stored together or not at all.

One form means that whoever saves one part loses nothing typed in another, with or without scripts; one
version means that two people never overwrite each other unseen.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from apps.groups.models import Member
from apps.meetings import merging
from apps.meetings.agenda import Agenda, Question, renumber
from apps.meetings.forms import (
    AgendaItemForm,
    AttendanceForm,
    DecisionForm,
    MeetingForm,
    NewItemForm,
    ProtocolForm,
    WordsForm,
)
from apps.meetings.models import AgendaItem, Attendance, Decision, Meeting, Protocol
from apps.meetings.signatories import expected
from apps.workflow import audit
from apps.workflow.workflow import Refused


class QuestionForms:
    """The forms of one question: its words, its decisions, and room for one more."""

    def __init__(self, question: Question, data: Any) -> None:
        item = question.item
        self.question = question
        self.form = AgendaItemForm(data, instance=copy.copy(item), prefix=f"item-{item.pk}")
        about = {"item": item, "subject": question.subject}
        self.decisions = [
            DecisionForm(data, instance=copy.copy(one), prefix=f"decision-{one.pk}", **about)
            for one in question.decisions
        ]
        self.new = DecisionForm(
            data,
            prefix=f"new-decision-{item.pk}",
            empty_permitted=True,
            use_required_attribute=False,
            **about,
        )

    def __iter__(self) -> Iterator[WordsForm]:
        """Yield the forms that count: nothing of a question that is struck, no decision that is."""
        if not self.form.is_struck:
            yield self.form
            yield from (form for form in self.decisions if not form.is_struck)
            yield self.new

    @property
    def every_form(self) -> list[WordsForm]:
        return [self.form, *self.decisions, self.new]


@dataclass(frozen=True)
class Fault:
    """An error of the page, with the field to which it leads."""

    anchor: str
    label: str
    message: str


class MeetingDraft:
    """The forms of the meeting page, as they are shown and as they come back."""

    def __init__(self, meeting: Meeting, seats: list[Any], data: Any = None) -> None:
        self.meeting, self.seats, self.data = meeting, seats, data
        self.protocol: Protocol = meeting.protocol
        self.version = self.protocol.version
        self.without_place: list[str] = []
        self.agenda = Agenda(meeting, with_waiting=True)
        self.meeting_form = MeetingForm(data, instance=copy.copy(meeting), prefix="meeting")
        self.attendance = [AttendanceForm(data, member=seat) for seat in seats]
        self.questions = [QuestionForms(question, data) for question in self.agenda.questions]
        self.new_item = NewItemForm(
            data, prefix="new-item", empty_permitted=True, use_required_attribute=False
        )
        self.protocol_form = ProtocolForm(
            data,
            instance=copy.copy(self.protocol),
            prefix="protocol",
            seats=seats,
            initial={
                "chair": _key(self.protocol.chair_id, expected(seats, Member.Capacity.CHAIR)),
                "secretary": _key(self.protocol.secretary_id, expected(seats, Member.Capacity.SECRETARY)),
            },
        )

    @property
    def forms(self) -> Iterator[Any]:
        yield self.meeting_form
        yield from self.attendance
        for question in self.questions:
            yield from question
        yield self.new_item
        yield self.protocol_form

    @property
    def every_form(self) -> list[Any]:
        """All the forms of the page, those of struck rows as well."""
        of_questions = [form for question in self.questions for form in question.every_form]
        return [self.meeting_form, *self.attendance, *of_questions, self.new_item, self.protocol_form]

    @property
    def shown(self) -> str:
        return merging.shown(self.every_form)

    def with_what_is_stored(self) -> MeetingDraft:
        """The page once more: what was changed in it is kept, everything else is as it is stored now."""
        data = merging.taken_over(self.every_form, self.data)
        draft = MeetingDraft(self.meeting, self.seats, data)
        draft.without_place = merging.without_place(self.every_form, self.data)
        return draft

    @property
    def chosen(self) -> set[str]:
        """Keys of the waiting papers that are ticked."""
        return set(self.data.getlist("papers")) if self.data is not None else set()

    def is_valid(self) -> bool:
        return all(form.is_valid() for form in self.forms)

    @property
    def faults(self) -> list[Fault]:
        """List every error of the page at once, each with its place."""
        if self.data is None:
            return []
        return [
            Fault(form[name].id_for_label or form[name].auto_id, str(form[name].label), message)
            for form in self.forms
            for name, messages in form.errors.items()
            for message in messages
        ]

    def save(self, actor: Any, expected_version: int) -> bool:
        """Store what was changed, under the protocol's lock; False when nothing was.

        Raises `Refused` when the protocol is no longer a draft, or somebody else has stored something since.
        """
        with transaction.atomic():
            locked = self._lock()
            if not locked.is_editable:
                raise Refused(_("The protocol can no longer be changed: it is not a draft."), code="state")
            if locked.version != expected_version:
                raise stale()
            changes = self._store()
            if changes:
                Protocol.objects.filter(pk=locked.pk).update(version=F("version") + 1)
                audit.record(locked, actor, "edit", changes=changes)
        return bool(changes)

    def _lock(self) -> Protocol:
        """Fetch the protocol anew and keep everybody else from it until the transaction ends."""
        protocols = Protocol.objects.select_for_update(of=("self",)).select_related("meeting__group")
        return protocols.get(pk=self.protocol.pk)

    def _store(self) -> dict[str, Any]:
        changes = {**_stored(self.meeting_form), **self._store_attendance()}
        for question in self.questions:
            changes |= _stored_question(question)
        changes |= self._store_new_items()
        changes |= self._store_protocol()
        if changes:
            renumber(self.meeting, {form.form.instance.pk: form.form for form in self.questions})
        return changes

    def _store_protocol(self) -> dict[str, Any]:
        changes = _stored(self.protocol_form)
        names = {str(seat.pk): seat.full_name for seat in self.seats}
        for seat in changes.keys() & {"chair", "secretary"}:
            changes[seat][0] = names.get(changes[seat][0])
        return changes

    def _store_attendance(self) -> dict[str, Any]:
        changed = [form for form in self.attendance if form.differs]
        noted = [
            Attendance(meeting=self.meeting, member=form.member, **form.cleaned_data)
            for form in changed
            if form.cleaned_data["state"]
        ]
        Attendance.objects.bulk_create(
            noted,
            update_conflicts=True,
            unique_fields=("meeting", "member"),
            update_fields=("state", "representative"),
        )
        blank = [form.member.pk for form in changed if not form.cleaned_data["state"]]
        Attendance.objects.filter(meeting=self.meeting, member__in=blank).delete()
        counts = Counter(form.cleaned_data["state"] for form in self.attendance)
        return {"state": " / ".join(str(counts[state]) for state in Attendance.State)} if changed else {}

    def _store_new_items(self) -> dict[str, Any]:
        """Add the typed question, and a question with its proposed decision for each paper taken up."""
        changes, last = {}, len(self.questions)
        if self.new_item.has_changed():
            last += 1
            self.new_item.instance.meeting, self.new_item.instance.position = self.meeting, last
            item = self.new_item.save()
            changes[f"line:{item.pk}"] = {
                "title_kk": [None, item.title_kk],
                "title_ru": [None, item.title_ru],
            }
        taken_up = (one for one in self.agenda.waiting if one.key in self.chosen)
        for position, waiting in enumerate(taken_up, last + 1):
            item = take_up(self.meeting, waiting.paper, waiting.kind, position)
            changes[f"line:{item.pk}"] = {
                "title_kk": [None, item.title_kk],
                "title_ru": [None, item.title_ru],
            }
        return changes


def stale() -> Refused:
    """Tell whoever sends a page that is older than what is stored."""
    words = _(
        "The meeting has been changed since you opened this page. What you changed here is kept, everything "
        "else is as it is stored now: look it over, then save once more."
    )
    return Refused(words, code="stale")


def take_up(meeting: Meeting, paper: Any, kind: Any, position: int) -> AgendaItem:
    """Put a paper on the agenda together with the decision that its kind proposes."""
    words, decision = kind.agenda(paper), kind.wording(paper)
    item = AgendaItem.objects.create(
        meeting=meeting,
        position=position,
        title_kk=words["kk"],
        title_ru=words["ru"],
        content_type=ContentType.objects.get_for_model(paper),
        object_id=str(paper.pk),
    )
    body = meeting.group.organisation
    Decision.objects.create(
        item=item,
        position=1,
        kind=kind.name,
        text_kk=decision["kk"],
        text_ru=decision["ru"],
        responsible_kk=body.name_kk,
        responsible_ru=body.name_ru,
    )
    return item


def _stored_question(question: QuestionForms) -> dict[str, Any]:
    form, item = question.form, question.question.item
    if form.is_struck:
        item.delete()
        return {f"line:{item.pk}": {"title_kk": [item.title_kk, None], "title_ru": [item.title_ru, None]}}
    changes = {f"line:{item.pk}": changed} if (changed := _stored(form)) else {}
    for one in question.decisions:
        if one.is_struck:
            changes[f"line:d{one.instance.pk}"] = {"text_kk": [one.initial["text_kk"], None]}
            one.instance.delete()
        elif changed := _stored(one):
            changes[f"line:d{one.instance.pk}"] = changed
    if question.new.has_changed():
        added = question.new.instance
        added.item, added.position = item, len(question.decisions) + 1
        question.new.save()
        changes[f"line:d{added.pk}"] = {"text_kk": [None, added.text_kk], "text_ru": [None, added.text_ru]}
    return changes


def _stored(form: WordsForm) -> dict[str, Any]:
    """Save the changed fields of a form and pair what they were with what they are."""
    filled_in = getattr(form, "filled_in", {})
    names = [name for name in {*form.changed_data, *filled_in} if name != "delete"]
    if names:
        form.instance.save(update_fields=names)
    return {name: [form.initial.get(name), _plain(form.cleaned_data[name])] for name in names}


def _plain(value: Any) -> Any:
    return value.full_name if isinstance(value, Member) else value


def _key(chosen: int | None, seat: Any) -> str:
    return str(chosen or (seat.pk if seat else ""))
