"""Pages on which a paper takes a step and tells its history; one set for every paper."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.module_loading import import_string
from django.views.generic import FormView, ListView
from django.views.generic.base import ContextMixin

from apps.workflow.forms import TransitionForm
from apps.workflow.history import entries_for, told
from apps.workflow.models import AuditEntryQuerySet
from apps.workflow.workflow import Gap, Refused, Transition, Workflow, workflows

UNPROCESSABLE, CONFLICT = 422, 409


def paper_or_404(workflow: Workflow[Any] | None, user: Any, pk: Any) -> Any:
    """Find a paper among those that the person may see; a foreign one does not exist for them."""
    if workflow is None:
        raise Http404
    papers: Any = workflow.model._default_manager
    return get_object_or_404(papers.visible_to(user), pk=pk)


class PaperMixin(LoginRequiredMixin, ContextMixin):
    """The paper that the address names."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def workflow(self) -> Workflow[Any]:
        if self.kwargs["model"] not in workflows:
            raise Http404
        return workflows[self.kwargs["model"]]

    @cached_property
    def paper(self) -> Any:
        return paper_or_404(self.workflow, self.request.user, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(paper=self.paper, **kwargs)


class TransitionView(PaperMixin, FormView):
    """Ask once before a step is taken: what it does, what is not met, what it needs; then take it."""

    template_name = "workflow/transition.html"

    @cached_property
    def step(self) -> Transition:
        step = self.workflow.transitions.get(self.kwargs["name"])
        if step is None or not step.has_button or not self.request.user.has_perm(step.permission, self.paper):
            raise Http404
        return step

    @property
    def has_fit_state(self) -> bool:
        return self.paper.status in self.step.sources

    @cached_property
    def gaps(self) -> list[Gap]:
        return self.workflow.gaps(self.paper, self.step.name, self.request.user)

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_fit_state:
            return self._refuse(self.workflow.overtaken(self.paper, self.step))
        return super().get(*args, **kwargs)

    def get_form_class(self) -> type[TransitionForm]:
        return import_string(self.step.form) if self.step.form else TransitionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "step": self.step, "paper": self.paper, "gaps": self.gaps}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if "refusal" not in kwargs:
            outlook = self.step.outlook(self.paper) if self.step.outlook else ()
            errors = any(gap.is_error for gap in self.gaps)
            kwargs |= {"gaps": self.gaps, "has_errors": errors, "outlook": outlook}
        return super().get_context_data(step=self.step, **kwargs)

    def form_valid(self, form: TransitionForm) -> HttpResponse:
        given = form.cleaned_data
        try:
            paper = self.workflow.perform(
                self.paper,
                self.step.name,
                actor=self.request.user,
                comment=given["comment"],
                reason=given.get("reason", ""),
                data=form.data_for_deed,
                expected_version=given["expected_version"],
            )
        except Refused as refusal:
            again = {"reason": self._ask_for_reason, "stale": self._ask_once_more}
            return again.get(refusal.code, self._refuse)(refusal)
        messages.success(self.request, f"{paper.full_title}: {paper.get_status_display()}")
        return redirect(paper.get_absolute_url())

    def form_invalid(self, form: TransitionForm) -> HttpResponse:
        if not self.has_fit_state:
            return self._refuse(self.workflow.overtaken(self.paper, self.step))
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)

    def _ask_for_reason(self, refusal: Refused) -> HttpResponse:
        self.gaps = list(refusal.gaps)
        form = self.get_form()
        form.add_error("reason", refusal.message)
        return self.form_invalid(form)

    def _ask_once_more(self, refusal: Refused) -> HttpResponse:
        """The paper has changed meanwhile: what was typed stays, and goes with the paper as it is now."""
        self.paper.refresh_from_db()
        self.__dict__.pop("gaps", None)
        typed = self.request.POST.copy()
        typed["expected_version"] = str(self.paper.version)
        form = self.get_form_class()(**{**self.get_form_kwargs(), "data": typed})
        form.add_error(None, str(refusal.message))
        return self.render_to_response(self.get_context_data(form=form), status=CONFLICT)

    def _refuse(self, refusal: Refused) -> HttpResponse:
        context = self.get_context_data(form=None, refusal=refusal)
        return self.render_to_response(context, status=CONFLICT)


class HistoryView(PaperMixin, ListView):
    """Everything that happened to a paper, newest first."""

    template_name = "workflow/paper_history.html"
    paginate_by = 50

    def get_queryset(self) -> AuditEntryQuerySet:
        return entries_for(self.request.user, self.paper).order_by("-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "entries": told(self.paper, context["object_list"])}
