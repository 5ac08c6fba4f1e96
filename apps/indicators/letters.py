"""Whom the steps of a list tell, and in which words. Nobody is told of what he did himself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from apps.accounts import roles
from apps.accounts.models import Role, User
from apps.notifications.outbox import tell_of_step
from apps.organisations.models import Organisation
from apps.workflow.models import Remark
from apps.workflow.workflow import Deed

KIND = "list"


def tell_ministry(deed: Deed) -> None:
    tell_of_step(
        deed,
        KIND,
        reviewers(deed),
        lambda: _("{region}: the list of indicators for {year} has come for agreement").format(
            region=deed.paper.region.name, year=deed.paper.year
        ),
    )


def tell_ministry_of_recall(deed: Deed) -> None:
    tell_of_step(
        deed,
        KIND,
        reviewers(deed),
        lambda: _("{region}: the akimat has recalled the list of indicators for {year}").format(
            region=deed.paper.region.name, year=deed.paper.year
        ),
        path="",
    )


def tell_akimat_of_return(deed: Deed) -> None:
    count = Remark.objects.of(deed.paper).open().count()
    tell_of_step(
        deed,
        KIND,
        people_of_the_akimat(deed),
        lambda: (
            _("The list has been returned for rework: remarks – {count}").format(count=count)
            if count
            else _("The list has been returned for rework")
        ),
        body={"kk": deed.comment, "ru": deed.comment},
    )


def tell_akimat_of_agreement(deed: Deed) -> None:
    tell_of_step(
        deed,
        KIND,
        people_of_the_akimat(deed),
        lambda: _("The ministry has agreed the list of indicators for {year}").format(year=deed.paper.year),
    )


def reviewers(deed: Any) -> Iterable[User]:
    """Those who review lists for the ministry."""
    ministry = Organisation.objects.filter(kind=Organisation.Kind.MINISTRY).first()
    day = timezone.localdate(deed.moment)
    return User.acting_persons(Role.MINISTRY_REVIEWER, ministry, day) if ministry else ()


def people_of_the_akimat(deed: Any) -> Iterable[User]:
    """Those who act for the akimat whose list it is."""
    return User.acting_persons(roles.LIST_HANDLERS, deed.paper.organisation, timezone.localdate(deed.moment))
