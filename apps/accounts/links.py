"""The letter by which a person sets a password: operators give access and never know a password."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.core.context import request_context
from django.http import HttpRequest

from .models import User

INVITATION, NEW_PASSWORD = "invitation", "password_reset_key"


def send_link(request: HttpRequest, user: User, letter: str = NEW_PASSWORD) -> bool:
    """Write to the person's own address, in the person's language; False when the mail server is away.

    The link holds until it is used, or for `PASSWORD_RESET_TIMEOUT`. It is written at once and not through
    the outbox: a link that gives access must not lie in the database.
    """
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    with request_context(request):
        adapter = get_adapter(request)
        url = adapter.get_reset_password_from_key_url(key)
        context = {"user": user, "password_reset_url": url}
        try:
            adapter.send_mail(f"account/email/{letter}", user.email, context)
        except OSError:
            return False
    return True
