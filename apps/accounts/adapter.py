"""Where the portal parts from allauth: no sign-up, its own words, letters in the reader's language."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .models import User


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. The operator gives access to the portal."),
        "email_password_mismatch": _("Wrong e-mail or password"),
        "enter_current_password": _("Enter the current password."),
        "incorrect_code": _("The code does not fit. Enter the one that the app shows now."),
        "incorrect_password": _("The password does not fit."),
        "invalid_password_reset": _("The link has been used already or is out of date."),
        "rate_limited": _("Too many tries. Repeat in a few minutes."),
        "too_many_login_attempts": _("Too many tries. Repeat in a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are given by the operator."""
        return False

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:profile_edit")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the recipient's profile, links included."""
        recipient = context.get("user") or User.objects.filter(email=email).first()
        language = recipient.language if recipient else settings.LANGUAGE_CODE
        links = {
            key: translate_url(value, language)
            for key, value in context.items()
            if isinstance(value, str) and value.startswith("http")
        }
        with translation.override(language):
            super().send_mail(template_prefix, email, context | links)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Sign-in by code cannot be turned off."),
        "cannot_generate_recovery_codes": _("Turn on sign-in by code first, then make recovery codes."),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def get_totp_issuer(self) -> str:
        return str(settings.PORTAL_NAME)
