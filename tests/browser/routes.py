"""Every route of the portal, and how to come to it: a route that is not named here fails the walk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Visit:
    """A page to look at: as whom, with which arguments and query; `status` where it is not 200."""

    by: str = "akimat_staff"
    kwargs: Callable[[], dict[str, Any]] = field(default=dict)
    query: str = ""
    status: int = 200


# Routes without a page of their own, each with the reason.
NO_PAGE = {
    "healthz": "for machines",
    "readyz": "for machines",
    "accounts:theme_set": "POST alone",
    "account_set_password": "leads on: everybody here has a password",
    "account_reset_password_from_key": "looked at with a real key in test_sign_in",
    "mfa_authenticate": "the second step, looked at in test_sign_in",
    "mfa_activate_totp": "asks for the password first, looked at in test_sign_in",
    "mfa_deactivate_totp": "only where it is turned on, looked at in test_sign_in",
    "mfa_reauthenticate": "only where a code is turned on, looked at in test_sign_in",
    "mfa_view_recovery_codes": "only where a code is turned on, looked at in test_sign_in",
    "mfa_generate_recovery_codes": "asks for the password first, looked at in test_sign_in",
    "mfa_download_recovery_codes": "a file",
    "portal:regions_csv": "a file",
}

VISITS: dict[str, Visit] = {
    "account_login": Visit(by=""),
    "account_inactive": Visit(by=""),
    "account_reset_password": Visit(by=""),
    "account_reset_password_done": Visit(by=""),
    "account_reset_password_from_key_done": Visit(by=""),
    "account_logout": Visit(),
    "account_change_password": Visit(),
    "account_reauthenticate": Visit(),
    "mfa_index": Visit(),
    "usersessions_list": Visit(),
    "accounts:profile_edit": Visit(),
    "portal:today": Visit(),
    "portal:regions": Visit(by="ministry_reviewer"),
    "portal:search": Visit(query="?q=халық"),
}


def named_routes() -> Iterator[str]:
    """The names of all routes but the operators' pages, which are Django's own."""
    yield from _names(get_resolver().url_patterns, "")


def _names(patterns: list[Any], space: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                yield from _names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
