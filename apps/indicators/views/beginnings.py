"""Beginning a list in one of three ways, and entering one that the akimat approved on paper."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from apps.grid.pasting import Pasted
from apps.indicators import drafting
from apps.indicators.beginning_forms import BeginForm, CopyForm, OnPaperForm, TypicalForm
from apps.indicators.models import IndicatorList
from apps.indicators.pasting import ItemPaste
from apps.indicators.tables import ItemTable
from apps.indicators.views.overview import bodies_to_begin_for
from apps.indicators.views.rows import by_goal
from apps.indicators.workflow import indicator_list_workflow
from apps.organisations.models import Organisation
from apps.workflow.workflow import Refused


class BeginMixin(LoginRequiredMixin):
    """Open to whoever may begin a list for at least one akimat."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.bodies:
            messages.info(request, _("A list of this region is under way already."))
            return redirect("indicators:indicatorlist_list")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def bodies(self) -> list[Organisation]:
        return list(bodies_to_begin_for(self.request.user))  # type: ignore[attr-defined]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "bodies": self.bodies, "user": self.request.user}  # type: ignore[misc,attr-defined]


class IndicatorListCreate(BeginMixin, FormView):
    """Begin from the typical list, from the last edition, or with an empty list to paste into."""

    template_name = "indicators/indicatorlist_create.html"
    forms: ClassVar[dict[str, type[BeginForm]]] = {
        "typical": TypicalForm,
        "copy": CopyForm,
        "paste": BeginForm,
        "empty": BeginForm,
    }

    @cached_property
    def way(self) -> str:
        way = self.request.GET.get("way", "typical")
        if way not in self.forms:
            raise Http404
        return way

    def get_form_class(self) -> type[BeginForm]:
        return self.forms[self.way]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(way=self.way, **kwargs)
        return {**context, "groups": by_goal(getattr(context["form"], "rows", []))}

    def form_valid(self, form: BeginForm) -> HttpResponse:
        try:
            paper = form.begin(self.request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return self.form_invalid(form)
        if self.way == "paste":
            return redirect(reverse("indicators:indicatorlist_paste", args=[paper.pk]))
        return redirect(paper.get_absolute_url())

    def form_invalid(self, form: BeginForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class IndicatorListOnPaper(BeginMixin, FormView):
    """Enter a list that was approved on paper: its rows, its act, its scan; no workflow is replayed."""

    template_name = "indicators/indicatorlist_on_paper.html"
    form_class = OnPaperForm

    def form_valid(self, form: OnPaperForm) -> HttpResponse:
        pasted = ItemPaste().read(form.cleaned_data["rows"])
        if not pasted.rows or pasted.refused or "preview" in self.request.POST:
            return self.render_to_response(
                self.get_context_data(form=form, pasted=pasted), status=200 if pasted.is_whole else 422
            )
        step = indicator_list_workflow.transitions["register_on_paper"]
        data = step.prepared(form.data_for_deed)
        try:
            paper = self._register(form, pasted, data)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return self.form_invalid(form)
        messages.success(self.request, _("The list has been entered. Publish it, and it is in force."))
        return redirect(paper.get_absolute_url())

    def form_invalid(self, form: OnPaperForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    @transaction.atomic
    def _register(self, form: OnPaperForm, pasted: Pasted, data: dict[str, Any]) -> IndicatorList:
        given = form.cleaned_data
        paper = drafting.begin(given["organisation"], given["year"], actor=self.request.user)
        ItemTable(paper, self.request.user).add(pasted.new_lines(), action="pasted")
        return indicator_list_workflow.perform(paper, "register_on_paper", actor=self.request.user, data=data)
