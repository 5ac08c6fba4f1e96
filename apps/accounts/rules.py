"""Predicates from which the upper apps build their permissions.

    rules.add_perm("indicators.send_list", holds_here(Role.AKIMAT_STAFF))
    rules.add_perm("indicators.agree_list", holds(Role.MINISTRY_REVIEWER))

They look at the roles in force today, substitutions included; the state of a paper is the business of
the transition table, never of a rule.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import rules

from .models import Role, User


def holds(*roles: str) -> rules.Predicate:
    """Hold one of the roles, for whatever organisation."""

    @rules.predicate(name=f"holds({', '.join(roles)})")
    def predicate(user: User) -> bool:
        return user.is_authenticated and user.has_role(*roles)

    return predicate


def holds_here(*roles: str) -> rules.Predicate:
    """Hold one of the roles for a body of the paper's region (`region_id`); never without a paper."""

    @rules.predicate(name=f"holds_here({', '.join(roles)})")
    def predicate(user: User, paper: Any = None) -> bool:
        code = getattr(paper, "region_id", None)
        return bool(code) and user.is_authenticated and user.has_role(*roles, region=code)

    return predicate


def holds_for_body(*roles: str) -> rules.Predicate:
    """Hold one of the roles for the very organisation of the paper (`organisation_id`)."""

    @rules.predicate(name=f"holds_for_body({', '.join(roles)})")
    def predicate(user: User, paper: Any = None) -> bool:
        body = getattr(paper, "organisation_id", None)
        return bool(body) and user.is_authenticated and user.has_role(*roles, organisation=body)

    return predicate


is_operator = holds(Role.OPERATOR) | rules.is_superuser

# Whoever may be named with `--as` of a command.
rules.add_perm("accounts.give_commands", is_operator)

# Accounts are closed, roles and substitutions end with a day: what was held when stays known.
OPERATORS_DEEDS = {
    "accounts.user": ("view", "add", "change", "delete"),
    "accounts.roleassignment": ("view", "add", "change"),
    "accounts.substitution": ("view", "add", "change"),
    "organisations.region": ("view", "change"),
    "organisations.statisticalarea": ("view", "add", "change"),
    "organisations.organisation": ("view", "add", "change"),
    "organisations.dataimport": ("view",),
    "notifications.notification": ("view",),
}


def permit(deeds: Mapping[str, Iterable[str]], predicate: rules.Predicate) -> None:
    """Open pages of the admin: `app.model` → the deeds that Django's own names of rights begin with."""
    for path, names in deeds.items():
        app, model = path.split(".")
        rules.set_perm(app, predicate)
        for name in names:
            rules.add_perm(f"{app}.{name}_{model}", predicate)


permit(OPERATORS_DEEDS, is_operator)
