"""Lists of the demonstration: drawn up from the typical list, and taken as far as the story says."""

from __future__ import annotations

import datetime
from typing import Any

from apps.grid.edits import Edit
from apps.indicators import drafting
from apps.indicators.models import IndicatorList, IndicatorListItem, TypicalList
from apps.indicators.tables import ItemTable
from apps.indicators.workflow import indicator_list_workflow
from apps.portal.demo import figures
from apps.portal.demo.cast import Cast, RegionCast, valid
from apps.portal.demo.meetings import REASON, hold
from apps.portal.demo.story import Calendar, ListStory
from apps.workflow import remarks
from apps.workflow.forms import RemarkForm
from apps.workflow.models import Remark

REMARKS = (
    (
        6,
        "target",
        Remark.Kind.MUST,
        "Целевое значение ниже, чем в плане развития области. Приведите в соответствие.",
    ),
    (11, "responsible_ru", Remark.Kind.ADVICE, "Укажите управление полным наименованием."),
    (21, "baseline", Remark.Kind.QUESTION, "Базалық мән қай жыл бойынша көрсетілген?"),
)


def letter(number: str, on: datetime.date, signatory: Any) -> dict[str, Any]:
    """What a hand-over says: number, date and signatory."""
    return {
        "outgoing_number": number,
        "outgoing_date": on,
        "signatory_name": signatory.full_name,
        "signatory_position_kk": signatory.position_kk,
        "signatory_position_ru": signatory.position_ru,
    }


def draw_up(region: RegionCast, typical: TypicalList, year: int) -> IndicatorList:
    """Begin a list from the typical one and type in the values."""
    paper = drafting.begin_from_typical(region.akimat, year, typical=typical, actor=region.staff)
    table = ItemTable(paper, region.staff)
    table.save({item.pk: Edit(_values(region.region.pk, item, year)) for item in table.lines()})
    return paper


def _values(code: str, item: IndicatorListItem, year: int) -> dict[str, str]:
    return {
        "baseline": figures.typed(figures.baseline(code, item.code)),
        "baseline_year": str(year - 2),
        "target": figures.typed(figures.target(code, item.code)),
        "target_year": str(year + 4),
    }


def put_in_force(cast: Cast, region: RegionCast, typical: TypicalList, calendar: Calendar) -> IndicatorList:
    """The whole way of a list: recommended by the group, agreed by the ministry, approved, published."""
    paper = draw_up(region, typical, calendar.closed)
    hold(region, calendar.autumn(9, 18), [("recommend_list", paper)])
    send(region, paper, calendar.autumn(9, 25))
    agree(cast, paper, calendar.autumn(10, 9))
    approve(region, paper, calendar.autumn(10, 23))
    return publish(region, paper, calendar.autumn(10, 30))


def register_on_paper(region: RegionCast, typical: TypicalList, calendar: Calendar) -> IndicatorList:
    """A list that was approved on paper before the portal: entered with its act, no workflow replayed."""
    paper = draw_up(region, typical, calendar.closed)
    act = letter(f"{region.region.pk[:2]}/118", calendar.autumn(6, 12), region.approver)
    paper = indicator_list_workflow.perform(
        paper, "register_on_paper", actor=region.staff, reason=REASON, data=act
    )
    return publish(region, paper, calendar.autumn(6, 12))


def take_forward(
    cast: Cast, region: RegionCast, paper: IndicatorList, calendar: Calendar, story: ListStory
) -> None:
    """Take a list that is under way now as far as its story goes."""
    if story == ListStory.DRAFT:
        return
    hold(region, calendar.ago(24), [("recommend_list", paper)])
    if story == ListStory.RECOMMENDED:
        return
    paper = send(region, paper, calendar.ago(18))
    if story == ListStory.OPENED:
        indicator_list_workflow.perform(paper, "open", actor=cast.reviewer)
    elif story == ListStory.RETURNED:
        return_with_remarks(cast, paper, calendar.ago(9))
    elif story in {ListStory.AGREED, ListStory.APPROVED}:
        paper = agree(cast, paper, calendar.ago(9))
        if story == ListStory.APPROVED:
            approve(region, paper, calendar.ago(3))


def send(region: RegionCast, paper: IndicatorList, on: datetime.date) -> IndicatorList:
    data = letter(f"12-3/{paper.pk + 140}", on, region.approver)
    return indicator_list_workflow.perform(
        paper, "send", actor=region.staff, reason=REASON, data=data, entered_on=on
    )


def agree(cast: Cast, paper: IndicatorList, on: datetime.date) -> IndicatorList:
    data = letter(f"08-2/{paper.pk + 5200}", on, cast.administrator)
    return indicator_list_workflow.perform(
        paper, "agree", actor=cast.reviewer, reason=REASON, data=data, entered_on=on
    )


def approve(region: RegionCast, paper: IndicatorList, on: datetime.date) -> IndicatorList:
    data = letter(f"{paper.pk + 210}", on, region.approver)
    return indicator_list_workflow.perform(
        paper, "approve", actor=region.approver, reason=REASON, data=data, entered_on=on
    )


def publish(region: RegionCast, paper: IndicatorList, on: datetime.date) -> IndicatorList:
    data = {"published_on": on}
    return indicator_list_workflow.perform(paper, "publish", actor=region.approver, reason=REASON, data=data)


def return_with_remarks(cast: Cast, paper: IndicatorList, on: datetime.date) -> None:
    """Write the ministry's remarks to rows of the list, and return it with them."""
    items = list(paper.items.all())
    for place, field, kind, text in REMARKS:
        given = {"line_id": items[place].pk, "field": field, "kind": kind, "text": text}
        form = valid(RemarkForm(given, paper=paper))
        remarks.write(form.save(commit=False), paper, cast.reviewer)
    indicator_list_workflow.perform(
        paper,
        "return_for_rework",
        actor=cast.reviewer,
        comment="Тізбені ескертулер бойынша пысықтаңыз. / Доработайте перечень по замечаниям.",
        data=letter(f"08-2/{paper.pk + 5200}", on, cast.administrator),
        entered_on=on,
    )
