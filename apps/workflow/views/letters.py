"""Pages of letters: details and scans that come after the step."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from apps.workflow import letters
from apps.workflow.forms import HandOverForm, LaterFileForm
from apps.workflow.models import HandOver
from apps.workflow.views.rows import RowFormView
from apps.workflow.workflow import Refused, Transition, workflow_of


class LetterFormView(RowFormView):
    """A form about a letter, open to its two sides."""

    model = HandOver

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        return letters.editable_fields(self.paper, self.row, self.request.user)

    @property
    def step(self) -> Transition:
        return workflow_of(self.paper).transitions[self.row.transition]

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.allowed:
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class HandOverAttachView(LetterFormView):
    """Keep the scan of a letter that has gone, or come, without it."""

    template_name = "workflow/handover_attach.html"
    form_class = LaterFileForm

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and self.allowed and not letters.later_effects(self.step):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        del kwargs["instance"]
        return {**kwargs, "paper": self.paper, "effects": letters.later_effects(self.step)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(step=self.step, **kwargs)

    def form_valid(self, form: LaterFileForm) -> HttpResponse:
        try:
            letters.attach(self.paper, self.row, form.cleaned_data, actor=self.request.user)
        except Refused as refused:
            form.add_error(None, str(refused.message))
            return self.form_invalid(form)
        messages.success(self.request, _("The file is attached."))
        return redirect(self.paper.letters_url)


class HandOverEditView(LetterFormView):
    """Complete a letter's numbers and dates: each side enters those that its own chancellery gave."""

    template_name = "workflow/handover_form.html"
    form_class = HandOverForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "allowed": self.allowed, "step": self.step}

    def form_valid(self, form: HandOverForm) -> HttpResponse:
        names = [name for name in form.changed_data if name in self.allowed]
        if not names:
            return redirect(self.paper.get_absolute_url())
        values = {name: form.cleaned_data[name] for name in names}
        reason = form.cleaned_data.get("reason", "")
        try:
            letters.mend(self.paper, self.row, values, actor=self.request.user, reason=reason)
        except Refused as refused:
            form.ask_for_reason(refused)
            return self.form_invalid(form)
        messages.success(self.request, _("The letter’s details are stored."))
        return redirect(self.paper.get_absolute_url())
