"""What is looked over before a list takes a step: whatever is not in order is said, hardly anything stops."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from apps.grid.tables import Concern
from apps.indicators.forms import COLUMNS, concerns, repeated
from apps.indicators.models import IndicatorList
from apps.ui.dates import moment_digits
from apps.workflow.models import Remark
from apps.workflow.workflow import Gap

MARKS = {
    "empty": "incomplete_rows",
    "untranslated_kk": "untranslated_rows",
    "untranslated_ru": "untranslated_rows",
    "repeated": "repeated_rows",
}


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
            mark="open_remarks",
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
    """What is not in order in the rows: a sentence a kind, with the rows of which it is true."""
    items = list(paper.items.all())
    if not items:
        yield Gap("no_rows", _("The list has no rows yet."), level="warning", mark="incomplete_rows")
    doubles, kinds = repeated(items), defaultdict(list)
    for number, item in enumerate(items, start=1):
        for concern in concerns(item):
            if concern.code != "text":
                kinds[concern.code, _sentence(concern)].append((number, item.pk))
        if item.pk in doubles:
            words = _("The same indicator is in the list twice.")
            kinds["repeated", words].append((number, item.pk))
    for (code, words), rows in kinds.items():
        mark = MARKS.get(code, "rows_to_check")
        yield Gap(code, words, level="warning", mark=mark, lines=runs(rows), count=len(rows))


def _sentence(concern: Concern) -> str:
    """A warning names its column; what is not filled or not translated names its columns itself."""
    if concern.level == "info" or concern.field not in COLUMNS:
        return str(concern.message)
    return _("Column {column}: {message}").format(column=COLUMNS[concern.field], message=concern.message)


def runs(rows: list[tuple[int, int]]) -> list[tuple[str, str]]:
    """Rows by number, neighbours taken together, each run leading to its first row: «2», «3», «6–12»."""
    found = []
    for _place, run in groupby(enumerate(rows), lambda pair: pair[0] - pair[1][0]):
        (_first, (begins, key)), *others = run
        ends = others[-1][1][0] if others else begins
        if ends - begins == 1:
            found += [(str(begins), f"line-{key}"), (str(ends), f"line-{others[0][1][1]}")]
        else:
            found.append((f"{begins}–{ends}" if others else str(begins), f"line-{key}"))
    return found
