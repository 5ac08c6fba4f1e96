"""The dated acts upon a list, side by side: recommended, agreed, approved; each independent of the others."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apps.indicators.models import IndicatorList
from apps.ui.dates import date_long, dated_act, dated_paper
from apps.ui.numerals import numero
from apps.ui.parts import Mark, Stamp
from apps.workflow.models import HandOver


def stamps_of(
    paper: IndicatorList,
    rows: Sequence[Mapping[str, Any]],
    letters: Sequence[HandOver],
    *,
    open_remarks: int,
) -> list[Stamp]:
    """The three stamps of a list, in the order of points 16 and 22."""
    latest = {letter.transition: letter for letter in letters}
    return [
        _recommendation(paper, _changed(rows, "after_recommendation")),
        _agreement(paper, latest, _changed(rows, "after_agreement"), open_remarks),
        _approval(paper),
    ]


def _changed(rows: Sequence[Mapping[str, Any]], name: str) -> int:
    return sum(1 for row in rows if row[name])


def _recommendation(paper: IndicatorList, changed: int) -> Stamp:
    group = _("Regional working group")
    if paper.is_retrospective and paper.recommended_on is None:
        return Stamp(_("Recommendation"), [group, _("not recorded: the list came from paper")], shape="idle")
    if paper.recommendation is None or paper.recommended_on is None:
        return Stamp(_("Recommendation"), [group, _("awaited, by a decision of a meeting")], is_awaited=True)
    protocol = paper.recommendation.item.meeting.protocol
    said = ngettext(
        "%(rows)s row changed after the recommendation",
        "%(rows)s rows changed after the recommendation",
        changed,
    )
    return Stamp(
        _("Recommended"),
        [group, dated_paper(_("protocol"), protocol.number or "–", paper.recommended_on)],
        marks=[Mark("changed", said % {"rows": changed})] if changed else [],
        url=paper.recommendation.get_absolute_url(),
        url_words=_("Open the meeting"),
    )


def _agreement(
    paper: IndicatorList, letters: Mapping[str, HandOver], changed: int, open_remarks: int
) -> Stamp:
    ministry = _("Ministry of National Economy")
    if paper.agreed_on:
        said = ngettext(
            "%(rows)s row changed after the agreement", "%(rows)s rows changed after the agreement", changed
        )
        marks = [Mark("changed", said % {"rows": changed})] if changed else []
        return Stamp(_("Agreed"), [ministry, _letter(letters.get("agree"), paper.agreed_on)], marks=marks)
    if paper.is_retrospective:
        return Stamp(_("Agreement"), [ministry, _("not recorded: the list came from paper")], shape="idle")
    if paper.status == IndicatorList.Status.RETURNED:
        back = letters.get("return_for_rework")
        return Stamp(
            _("Returned for rework"),
            [ministry, _letter(back, back.dated if back else paper.status_since)],
            is_awaited=True,
            shape="back",
            url="#remarks",
            url_words=_("Remarks: {count}").format(count=open_remarks),
        )
    if paper.status == IndicatorList.Status.SENT:
        where = _("taken up for review: {date}") if paper.opened_at else _("waits for review since: {date}")
        since = paper.opened_at or paper.sent_on or paper.status_since
        return Stamp(
            _("Agreement"), [ministry, where.format(date=date_long(since))], is_awaited=True, shape="sent"
        )
    if "without_agreement" in paper.mark_codes:
        lines = [ministry, _("approved without agreement")]
        return Stamp(_("Agreement"), lines, is_awaited=True, shape="late")
    return Stamp(_("Agreement"), [ministry, _("after the list is sent")], is_awaited=True)


def _approval(paper: IndicatorList) -> Stamp:
    if paper.status not in paper.SETTLED:
        return Stamp(
            _("Approval"), [_("By an act of the akimat, after the ministry’s agreement")], is_awaited=True
        )
    kind, unknown = str(paper.get_act_kind_display()), _unknown_of_the_act(paper)
    act = f"{kind} {numero(paper.act_number)}" if paper.act_number else kind
    lines = [dated_act(kind, paper.act_number or "–", paper.approved_on) if paper.approved_on else act]
    if paper.published_on:
        lines.append(_("In force since: {date}").format(date=date_long(paper.published_on)))
    if paper.superseded_on:
        lines.append(_end(paper.superseded_on))
    return Stamp(_("Approved"), lines, marks=[Mark("warn", unknown)] if unknown else [])


def _unknown_of_the_act(paper: IndicatorList) -> str:
    """What the akimat has not entered yet of its act; the chancellery may give it later (decision 9)."""
    if paper.approved_on is None:
        return _("date not given") if paper.act_number else _("number and date not given")
    return "" if paper.act_number else _("number not given")


def _end(superseded_on: datetime.date) -> str:
    if superseded_on > timezone.localdate():
        last = superseded_on - datetime.timedelta(days=1)
        return _("Last day in force: {date}").format(date=date_long(last))
    return _("Superseded: {date}").format(date=date_long(superseded_on))


def _letter(letter: HandOver | None, on: datetime.date | datetime.datetime) -> str:
    number = f", {numero(letter.outgoing_number)}" if letter and letter.outgoing_number else ""
    return f"{date_long(on)}{number}"
