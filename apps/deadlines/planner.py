"""Reminders: which of them should exist by now and do not (point 27)?

The planner looks at the calendar and at the rows, never at when it ran last: an outage delays a reminder and
neither loses nor doubles it. The row comes first and exists once; the letter is written with it, in the same
transaction, for whoever inserted the row. So two planners at once send one letter.
"""

from __future__ import annotations

import datetime
import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.deadlines.calendar import working_day_after, working_day_before
from apps.deadlines.kinds import kinds
from apps.deadlines.models import Deadline, Reminder
from apps.notifications.outbox import in_both_languages, tell

if TYPE_CHECKING:
    from apps.accounts.models import User

logger = structlog.get_logger(__name__)
BEFORE = (30, 14, 3, 0)
AFTER = -1
# The earliest reminder, moved over the longest holidays; and how long after its date a duty is still news.
AHEAD = datetime.timedelta(days=45)
STALE = datetime.timedelta(days=30)


def plan(now: datetime.datetime) -> int:
    """Write the reminders that should exist by `now` and do not; return the number of their letters."""
    today = timezone.localdate(now)
    deadlines = (
        Deadline.objects.open()
        .filter(kind__in=kinds, due_on__range=(today - STALE, today + AHEAD))
        .select_related("organisation")
        .prefetch_related("subject")
    )
    missing: dict[User, list[Reminder]] = defaultdict(list)
    for reminder in _missing(list(deadlines), today):
        missing[reminder.recipient].append(reminder)
    if not missing:
        return 0
    with transaction.atomic():
        return sum(
            _remind(person, missing[person], today) for person in sorted(missing, key=lambda one: one.pk)
        )


def planned_for(deadline: Deadline, offset: int) -> datetime.date:
    """The working day on which a reminder is due: on or before its date, for the last one after it."""
    if offset == AFTER:
        return working_day_after(deadline.due_on)
    return working_day_before(deadline.due_on - datetime.timedelta(days=offset))


def due_offsets(deadline: Deadline, today: datetime.date) -> list[int]:
    """Which reminders of a deadline have fallen due: none of days before the duty came back."""
    if today > deadline.due_on and today < planned_for(deadline, AFTER):
        return []  # the weekend after the date: too late to remind of it, too early to say that it passed
    due = [offset for offset in (*BEFORE, AFTER) if planned_for(deadline, offset) <= today]
    if deadline.reopened_on:
        due = [offset for offset in due if planned_for(deadline, offset) > deadline.reopened_on]
    return due


def _missing(deadlines: list[Deadline], today: datetime.date) -> Iterator[Reminder]:
    """List the reminders that should exist and do not, in the order in which every planner inserts them."""
    existing = {reminder.identity for reminder in Reminder.objects.filter(deadline__in=deadlines)}
    persons = _persons(deadlines, today)
    for deadline in sorted(deadlines, key=lambda one: (one.due_on, one.pk)):
        offsets = due_offsets(deadline, today)
        for person in sorted(persons[deadline.pk], key=lambda one: one.pk):
            for offset in offsets:
                reminder = Reminder(
                    deadline=deadline,
                    recipient=person,
                    due_on=deadline.due_on,
                    offset_days=offset,
                    planned_for=planned_for(deadline, offset),
                )
                if reminder.identity not in existing:
                    yield reminder


def _persons(deadlines: list[Deadline], on: datetime.date) -> dict[int, Iterable[User]]:
    by_kind: dict[str, list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        by_kind[deadline.kind].append(deadline)
    found: dict[int, Iterable[User]] = {}
    for name, group in by_kind.items():
        found |= kinds[name].persons(group, on)
    return found


def _insert(missing: list[Reminder]) -> list[Reminder]:
    """Insert what is still missing and return the rows that are ours; another planner's rows are not."""
    batch = uuid.uuid4()
    for reminder in missing:
        reminder.batch = batch
    Reminder.objects.bulk_create(missing, ignore_conflicts=True)
    ours = set(
        Reminder.objects.filter(batch=batch).values_list(
            "deadline_id", "recipient_id", "due_on", "offset_days"
        )
    )
    return [
        row for row in missing if (row.deadline_id, row.recipient_id, row.due_on, row.offset_days) in ours
    ]


def _remind(person: User, missing: list[Reminder], today: datetime.date) -> int:
    """Write a person's rows and letters, all or none; one whom it fails for keeps nobody else waiting."""
    try:
        with transaction.atomic():
            return _send(person, _insert(missing), today)
    except Exception:  # whatever it is, the next run tries again
        logger.exception("reminders_not_written", person=person.pk)
        return 0


def _send(person: User, reminders: list[Reminder], today: datetime.date) -> int:
    """Write one letter for each date ahead, and one for all dates that have passed."""
    passed: list[Deadline] = []
    letters = 0
    for deadline, rows in groupby(reminders, key=lambda row: row.deadline):
        offset = [row.offset_days for row in rows][-1]  # they fall, so the last one is the nearest
        if offset == AFTER:
            passed.append(deadline)
            continue
        key = f"reminder:{deadline.due_on}:{offset}"
        _tell_of(deadline, person, deadline.days_left(today), key=key)
        letters += 1
    if passed:
        _tell_passed(person, passed, today)
        letters += 1
    return letters


def _tell_of(deadline: Deadline, person: User, days: int, *, key: str) -> None:
    kind = kinds[deadline.kind]
    tell(
        [person],
        "reminder",
        paper=deadline.subject,
        subject=kind.subject(deadline, days),
        body=kind.body(deadline, days),
        path=kind.page(deadline),
        key=f"{key}:{deadline.pk}",
    )


def _tell_passed(person: User, deadlines: list[Deadline], today: datetime.date) -> None:
    """Tell a person once of everything whose date has passed."""
    if len(deadlines) == 1:
        deadline = deadlines[0]
        _tell_of(deadline, person, deadline.days_left(today), key=f"reminder:{deadline.due_on}:{AFTER}")
        return
    lines = [kinds[one.kind].subject(one, one.days_left(today)) for one in deadlines]
    # Dates may be many, and a key is short.
    dates = hashlib.sha256(",".join(f"{one.pk}@{one.due_on}" for one in deadlines).encode())
    tell(
        [person],
        "reminder",
        subject=in_both_languages(
            lambda: _("Recommended dates that have passed: {count}").format(count=len(deadlines))
        ),
        body={language: "\n".join(line[language] for line in lines) for language in ("kk", "ru")},
        path=resolve_url(settings.LOGIN_REDIRECT_URL),
        key=f"reminders:{dates.hexdigest()}",
    )
