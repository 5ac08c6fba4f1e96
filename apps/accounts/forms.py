"""Forms of signing in and of one's own profile, in the portal's words and without placeholders."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _

from apps.ui.widgets import Segments

from .models import User

CODE = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}


class Worded:
    """Give an upstream form our labels and hints; a placeholder is no label and goes."""

    words: dict[str, tuple[Any, Any]] = {}
    attributes: dict[str, dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attributes.get(name, {}))
            if name in self.words:
                field.label, field.help_text = self.words[name]


NEW_PASSWORD_HINT = _("At least 12 characters; a phrase of several words is the easiest to remember.")


class LoginForm(Worded, account.LoginForm):
    words = {"login": (_("E-mail"), ""), "password": (_("Password"), "")}
    attributes = {"login": {"autocomplete": "username"}}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    words = {"email": (_("E-mail"), "")}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    words = {
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("New password once more"), ""),
    }


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    words = {
        "oldpassword": (_("Current password"), ""),
        "password1": (_("New password"), NEW_PASSWORD_HINT),
        "password2": (_("New password once more"), ""),
    }


class SetPasswordForm(Worded, account.SetPasswordForm):
    words = ResetPasswordKeyForm.words


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    words = {"password": (_("Password"), "")}


class CodeForm(Worded, mfa.AuthenticateForm):
    words = {
        "code": (
            _("One-time code"),
            _("6 digits that the authentication app shows, or one of the recovery codes"),
        )
    }
    attributes = {"code": CODE}


class CodeReauthenticateForm(Worded, mfa.ReauthenticateForm):
    words = CodeForm.words
    attributes = {"code": CODE}


class ActivateCodeForm(Worded, totp.ActivateTOTPForm):
    words = {"code": (_("One-time code"), _("6 digits that the authentication app shows"))}
    attributes = {"code": CODE}


class ProfileForm(forms.ModelForm):
    """What a person sets for himself; the address, the roles and the substitutes are the operator's."""

    class Meta:
        model = User
        fields = ("full_name", "position_kk", "position_ru", "language", "theme", "density")
        widgets = {"language": Segments, "theme": Segments, "density": Segments}
        help_texts = {
            "full_name": _("as it stands in papers, such as A. Serikkalieva"),
            "language": _("of letters to you; pages change their language at the top right"),
        }
