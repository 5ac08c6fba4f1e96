"""Beginning a list in one of three ways, and entering one that the akimat approved on paper."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView

from apps.indicators import on_paper
from apps.indicators.beginning_forms import BeginForm, CopyForm, OnPaperForm, TypicalForm
from apps.indicators.on_paper import Blocks, place_in_line
from apps.indicators.publishing import doubt_about
from apps.indicators.views.overview import akimats_of, bodies_to_begin_for
from apps.indicators.views.rows import by_goal
from apps.organisations.models import Organisation
from apps.ui.requests import wholes
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

    @cached_property
    def bodies(self) -> list[Organisation]:
        return list(akimats_of(self.request.user))

    @property
    def left_empty(self) -> frozenset[int]:
        return wholes(self.request.POST.getlist("left_empty"))

    def form_valid(self, form: OnPaperForm) -> HttpResponse:
        blocks = Blocks.read(form.cleaned_data, self.left_empty)
        if not blocks.fit:
            form.add_error("rows_other", _("The two blocks have different numbers of rows."))
        if not blocks.is_whole or "preview" in self.request.POST:
            return self._show(form, status=200 if blocks.is_whole else 422)
        try:
            paper = on_paper.register(form, blocks, self.request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            return self.form_invalid(form)
        messages.success(self.request, f"{paper.title}: {paper.get_status_display()}")
        return redirect(paper.get_absolute_url())

    def form_invalid(self, form: OnPaperForm) -> HttpResponse:
        return self._show(form, status=422)

    def _show(self, form: OnPaperForm, *, status: int) -> HttpResponse:
        """The rows as they were read, and where the list would stand, as far as the form is filled in."""
        context = self.get_context_data(form=form)
        given = form.cleaned_data
        if "rows" in given and "language" in given:
            blocks = Blocks.read({"rows_other": "", **given}, self.left_empty)
            context |= {"pasted": blocks.rows, "words": blocks.words, "is_whole": blocks.is_whole}
        if not form.errors:
            place = place_in_line(given)
            context |= {"outlook": place.told(), "doubt": doubt_about(place)}
        return self.render_to_response(context, status=status)
