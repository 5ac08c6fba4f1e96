"""What is looked over before a list takes a step: whatever is not in order is said, hardly anything stops."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from apps.indicators.forms import COLUMNS, concerns, repeated
from apps.indicators.models import IndicatorList
from apps.ui.dates import moment_digits
from apps.workflow.models import Remark
from apps.workflow.workflow import Gap


def look_over(paper: IndicatorList, _actor: Any) -> list[Gap]:
    """Before sending: nothing stops a list, whatever is not in order is said."""
    return [*_rows(paper), *_recommendation(paper)]


def look_over_for_approval(paper: IndicatorList, _actor: Any) -> list[Gap]:
    """Before approval: agreement and recommendation; without agreement nobody has looked at the rows yet."""
    gaps = list(_recommendation(paper))
    if paper.status != IndicatorList.Status.AGREED:
        words = _("The ministry has not agreed the list yet (point 22).")
        gaps += [Gap("without_agreement", words, level="warning", mark="without_agreement"), *_rows(paper)]
    return gaps


def look_over_for_agreement(paper: IndicatorList, _actor: Any) -> list[Gap]:
    """Before agreement: obligatory remarks that are still open."""
    remarks = Remark.objects.of(paper).open().filter(kind=Remark.Kind.MUST)
    return [
        Gap(
            "open_remark",
            _("An obligatory remark is open: {text}").format(text=remark.text[:120]),
            level="warning",
            anchor=f"remark-{remark.pk}",
        )
        for remark in remarks
    ]


def not_opened_yet(paper: IndicatorList, _actor: Any) -> list[Gap]:
    if paper.opened_at is None:
        return []
    moment = moment_digits(paper.opened_at)
    return [Gap("opened", _("The ministry has taken the list up for review: {time}").format(time=moment))]


def _recommendation(paper: IndicatorList) -> Iterator[Gap]:
    if paper.recommended_at is None and "without_recommendation" not in paper.mark_codes:
        words = _("The working group has not recommended the list yet (point 16).")
        yield Gap("without_recommendation", words, level="warning", mark="without_recommendation")


def _rows(paper: IndicatorList) -> Iterator[Gap]:
    items = list(paper.items.all())
    if not items:
        yield Gap("no_rows", _("The list has no rows yet."), level="warning")
    doubles = repeated(items)
    for number, item in enumerate(items, start=1):
        for concern in concerns(item):
            if concern.code != "text":
                place = _("Row {row}, column {column}: {message}").format(
                    row=number, column=COLUMNS.get(concern.field, "–"), message=concern.message
                )
                yield Gap(concern.code, place, level="warning", anchor=f"line-{item.pk}")
        if item.pk in doubles:
            words = _("Row {row}: the same indicator is in the list twice.").format(row=number)
            yield Gap("repeated", words, level="warning", anchor=f"line-{item.pk}")
