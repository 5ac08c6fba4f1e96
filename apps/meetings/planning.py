"""How a meeting comes to be: planned, cancelled, or entered afterwards from a protocol on paper."""

from __future__ import annotations

import datetime
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.attachments.forms import UploadForm
from apps.groups.models import WorkingGroup
from apps.meetings.models import AgendaItem, Meeting, Protocol
from apps.meetings.workflow import protocol_workflow
from apps.workflow import audit
from apps.workflow.workflow import Refused


@transaction.atomic
def plan(meeting: Meeting, actor: Any, *, is_another: bool = False) -> Meeting:
    """Store a new meeting together with the draft of its protocol.

    Raises `Refused` when the person does not keep the minutes of that group, and when the group has a meeting
    on that day and this is not said to be another one: it may be the same press of a button, twice.
    """
    if not actor.has_perm("meetings.plan_meeting", meeting.group):
        raise Refused(_("You have no right to this step."), code="forbidden")
    refuse_second(meeting.group, meeting.held_on, is_another=is_another)
    meeting.save()
    protocol = Protocol.objects.create(meeting=meeting)
    audit.record(protocol, actor, "plan", changes={"held_on": [None, meeting.held_on]})
    return meeting


def refuse_second(group: WorkingGroup, held_on: datetime.date, *, is_another: bool) -> None:
    """Keep two presses at once apart by the group's row, and let a second meeting of a day be confirmed."""
    WorkingGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    if not is_another and group.meetings.not_cancelled().filter(held_on=held_on).exists():
        message = _("The group already has a meeting on this day. Confirm if this is another one.")
        raise Refused(message, code="same_day")


@transaction.atomic
def cancel(meeting: Meeting, actor: Any, reason: str) -> None:
    """Note that the meeting did not take place; nothing about it can be changed afterwards."""
    protocol = (
        Protocol.objects.select_for_update(of=("self",)).select_related("meeting__group").get(meeting=meeting)
    )
    if not protocol.is_editable:
        raise Refused(_("The protocol can no longer be changed: it is not a draft."), code="state")
    Meeting.objects.filter(pk=meeting.pk).update(cancelled_at=timezone.now(), cancel_reason=reason)
    protocol.version += 1
    protocol.save(update_fields=("version",))
    audit.record(protocol, actor, "cancel", comment=reason)


@transaction.atomic
def attach(protocol: Protocol, form: UploadForm, actor: Any) -> None:
    """Keep a file beside the signed protocol, under its lock; the protocol itself is not touched."""
    protocol = protocol_workflow.lock(protocol)
    attachment = form.save(protocol, purpose="original", user=actor)
    audit.record(protocol, actor, "attach", comment=attachment.name)


@transaction.atomic
def register_on_paper(given: dict[str, Any], actor: Any) -> Protocol:
    """Enter a protocol that was signed on paper before: marked, with its scan, and without any effect.

    Raises `Refused` like `plan` when the group has a meeting on that day already.
    """
    refuse_second(given["group"], given["held_on"], is_another=given.get("is_another", False))
    meeting = Meeting.objects.create(group=given["group"], held_on=given["held_on"])
    protocol = Protocol(
        meeting=meeting,
        number=given["number"],
        dated=given["dated"],
        chair_name=given.get("chair_name", ""),
        secretary_name=given.get("secretary_name", ""),
        is_retrospective=True,
    )
    protocol.add_mark("retrospective")
    protocol.save()
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, position=number, title_kk=kk, title_ru=ru)
        for number, (kk, ru) in enumerate(_questions(given), 1)
    )
    return protocol_workflow.perform(
        protocol, "register_on_paper", actor=actor, data={"scan": given.get("scan")}
    )


def _questions(given: dict[str, Any]) -> list[tuple[str, str]]:
    """Pair the lines of both agendas, Kazakh first; a line that is blank in both is no question."""
    agendas = (given.get(f"agenda_{language}", "").splitlines() for language in ("kk", "ru"))
    pairs = ((kk.strip(), ru.strip()) for kk, ru in zip_longest(*agendas, fillvalue=""))
    return [pair for pair in pairs if any(pair)]
