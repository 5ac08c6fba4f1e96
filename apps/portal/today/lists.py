"""Tasks that lists of indicators make: draw up, agree, approve, publish (points 16 and 22)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts import roles
from apps.accounts.models import Role, User
from apps.indicators.models import IndicatorList
from apps.portal.today.tasks import Task
from apps.ui.dates import date_since

LIST_STEPS = {
    "draft": (roles.LIST_HANDLERS, "doing", "doing"),
    "returned": (roles.LIST_HANDLERS, "back", "late"),
    "sent": ((), "doing", "doing"),
    "agreed": ((Role.AKIMAT_APPROVER,), "doing", "doing"),
    "approved": (roles.LIST_HANDLERS, "doing", "doing"),
}


def _list_titles() -> dict[str, tuple[str, str, str]]:
    """Task, sentence and button for each state of a list under way."""
    return {
        "draft": (
            _("Draw up the list and send it for agreement"),
            _("The list of indicators for {year} is a draft: check it and send it for agreement."),
            _("Continue the list"),
        ),
        "returned": (
            _("Rework the list by the ministry’s remarks"),
            _("The ministry has returned the list for {year}: answer its remarks and send it again."),
            _("Open the list"),
        ),
        "sent": (_("The list is with the ministry"), "", ""),
        "agreed": (
            _("Approve the list"),
            _("The ministry has agreed the list for {year}: approve it by an act of the akimat."),
            _("Open the list"),
        ),
        "approved": (
            _("Publish the list"),
            _("The list of indicators for {year} is approved: publish it, and it is in force."),
            _("Open the list"),
        ),
    }


def lists_of(user: User, regions: Iterable[str]) -> list[IndicatorList]:
    """The lists in force, still to come into force and under way in the person's regions."""
    lists = IndicatorList.objects.visible_to(user).filter(region__in=regions)
    current = lists.exclude(status="superseded") | lists.in_force_on(timezone.localdate())
    return list(current.order_by("region", "-year", "-edition"))


def list_tasks(user: User, lists: Iterable[IndicatorList]) -> Iterator[Task]:
    titles, seen = _list_titles(), set()
    for paper in lists:
        seen.add(paper.region_id)
        if paper.published_on:
            since = _("in force {since}").format(since=date_since(paper.published_on))
            yield Task(
                title=_("List for {year}").format(year=paper.year),
                url=paper.get_absolute_url(),
                words=paper.get_status_display() if paper.superseded_on else since,
                icon="done" if paper.is_in_force else "doing",
                tone="done" if paper.is_in_force else "doing",
                holder=_("approved by the akimat"),
            )
            continue
        roles, icon, tone = LIST_STEPS[paper.status]
        title, sentence, action = titles[paper.status]
        yield Task(
            title=title,
            url=paper.get_absolute_url(),
            words=paper.get_status_display(),
            icon=icon,
            tone=tone,
            since=paper.stands_since,
            mine=bool(roles) and user.has_role(*roles, region=paper.region_id),
            sentence=sentence.format(year=paper.year),
            action=action,
        )
    for _region in user.regions(Role.AKIMAT_STAFF) - seen:
        yield Task(
            title=_("Begin the list of indicators"),
            url=reverse("indicators:indicatorlist_list"),
            words=_("not begun"),
            mine=True,
            sentence=_("Your region has no list of indicators yet: choose what to begin with."),
            action=_("Begin the list"),
        )


def lists_to_agree() -> Iterator[Task]:
    waiting = IndicatorList.objects.filter(status="sent").select_related("region").order_by("status_since")
    for paper in waiting:
        yield Task(
            title=f"{paper.region.name}, {paper.year}",
            url=paper.get_absolute_url(),
            words=_("taken up for review") if paper.opened_at else _("waits for review"),
            icon="doing" if paper.opened_at else "idle",
            tone="doing" if paper.opened_at else "",
            since=paper.stands_since,
            mine=True,
            sentence=_("Lists of indicators wait for agreement. First: {region}.").format(
                region=paper.region.name
            ),
            action=_("Review the list"),
        )
