"""One's own pages: the profile, and the look of the portal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.messages.views import SuccessMessageMixin
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST
from django.views.generic import UpdateView

from .forms import ProfileForm
from .models import Substitution, Theme, User

YEAR = 365 * 24 * 60 * 60


class ProfileView(LoginRequiredMixin, SuccessMessageMixin, UpdateView):
    """Name, position, language and look; roles and substitutions are shown, not changed."""

    form_class = ProfileForm
    template_name = "accounts/profile_edit.html"
    success_url = reverse_lazy("accounts:profile_edit")
    success_message = gettext_lazy("Your profile has been saved.")

    def get_object(self, queryset: Any = None) -> User:
        """A copy: what is typed wrong must not show in the masthead."""
        return User.objects.get_by_natural_key(self.request.user.get_username())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = Substitution.objects.select_related("absent", "substitute")
        return super().get_context_data(
            absences=mine.filter(absent=self.object),
            substitutions=mine.filter(substitute=self.object),
            **kwargs,
        )

    def form_valid(self, form: BaseModelForm[User]) -> HttpResponse:
        language = form.cleaned_data["language"]
        with override(language):
            response = super().form_valid(form)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", httponly=True
        )
        return response


@require_POST
def theme_set(request: HttpRequest) -> HttpResponse:
    """Keep the chosen look in the profile, or in a cookie for whoever is not signed in."""
    theme = request.POST.get("theme", "")
    if theme not in Theme.values:
        theme = Theme.SYSTEM
    if request.user.is_authenticated:
        User.objects.filter(pk=request.user.pk).update(theme=theme)
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    # Not `redirect`: it would take a word for the name of a view.
    response = HttpResponseRedirect(back if is_ours and back.startswith("/") else "/")
    response.set_cookie("theme", theme, max_age=YEAR, samesite="Lax", httponly=True)
    return response
