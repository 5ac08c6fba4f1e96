"""What the date of a letter says: whether the step was late, and whether the date can be right at all.

Lateness follows the document's date (decision 9), so that a date typed without thought, or with some, would
take it away in silence. A date that cannot be goes through like everything else: with a reason and a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.ui.dates import date_digits
from apps.workflow.gaps import Gap
from apps.workflow.models import HandOver, Paper

if TYPE_CHECKING:
    from apps.workflow.transitions import Transition

LATE, DOUBTFUL = "late", "doubtful_date"
LONG_DAYS = 60


def lateness(paper: Paper, step: Transition, on: date | None) -> Iterator[Gap]:
    """Yield the gap of a step whose document is dated after the recommended day; without a date, today."""
    due = step.term(paper) if step.term else None
    if due and (on or timezone.localdate()) > due:
        yield _gap(LATE, _("The recommended date has passed: {date}"), date=due)


def doubts(
    paper: Paper, step: Transition, on: date | None, *, entered_on: date, letter: HandOver | None = None
) -> Iterator[Gap]:
    """Yield what speaks against the date `on` of a letter: at most one gap.

    It lies ahead, before the letter that went before or the step's `earliest` day, or more than 60 days
    before its entry in the portal. A letter of the very day on which it is entered is never too early: there
    it is. What is entered afterwards from paper (`internal`) is old by its nature.
    """
    if on is None:
        return
    earliest = max(filter(None, (_before(paper, letter), step.earliest and step.earliest(paper))), default=on)
    if on > timezone.localdate():
        yield _gap(DOUBTFUL, _("The date of the letter lies ahead: {date}"), date=on)
    elif on < min(earliest, entered_on):
        words = _("The letter is dated {date}, earlier than it could be written: {earliest}")
        yield _gap(DOUBTFUL, words, date=on, earliest=earliest)
    elif not step.internal and (entered_on - on).days > LONG_DAYS:
        yield _gap(DOUBTFUL, _("The letter is dated more than 60 days before its entry: {date}"), date=on)


def _before(paper: Paper, letter: HandOver | None) -> date | None:
    """The date of the newest dated letter before this one, or of all so far."""
    dated = HandOver.objects.of(paper).exclude(outgoing_date=None)
    earlier = dated.filter(moment__lt=letter.moment) if letter else dated
    return earlier.values_list("outgoing_date", flat=True).last()


def _gap(code: str, words: Any, **days: date) -> Gap:
    said = str(words).format(**{name: date_digits(day) for name, day in days.items()})
    return Gap(code, said, level="warning", mark=code)
