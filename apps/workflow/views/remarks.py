"""Pages of remarks: written, answered, resolved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import FormView, View

from apps.workflow import remarks
from apps.workflow.forms import AnswerForm, RemarkForm
from apps.workflow.models import Remark
from apps.workflow.views.rows import RowFormView, RowMixin
from apps.workflow.views.steps import CONFLICT, UNPROCESSABLE, PaperMixin
from apps.workflow.workflow import Refused


class RemarkCreateView(PaperMixin, FormView):
    """Write a remark; the form stands beside the paper and, for its errors, on a page of its own."""

    template_name = "workflow/remark_form.html"
    form_class = RemarkForm

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.paper.may_remark(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET[name] for name in ("line_id", "field") if name in self.request.GET}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "paper": self.paper}

    def form_valid(self, form: RemarkForm) -> HttpResponse:
        try:
            remark = remarks.write(form.save(commit=False), self.paper, self.request.user)
        except Refused as refused:
            form.add_error(None, str(refused.message))
            return self.render_to_response(self.get_context_data(form=form), status=CONFLICT)
        return redirect(f"{self.paper.get_absolute_url()}#remark-{remark.pk}")

    def form_invalid(self, form: RemarkForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)


class RemarkAnswerView(RowFormView):
    """Answer a remark, as those who drew up the paper."""

    model = Remark
    template_name = "workflow/remark_answer.html"
    form_class = AnswerForm

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not self.paper.may_answer(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AnswerForm) -> HttpResponse:
        try:
            remarks.answer(self.row, self.paper, form.cleaned_data["answer"], self.request.user)
        except Refused as refused:
            form.add_error(None, str(refused.message))
            return self.render_to_response(self.get_context_data(form=form), status=CONFLICT)
        return redirect(f"{self.paper.get_absolute_url()}#remark-{self.row.pk}")


class RemarkResolveView(RowMixin, View):
    """Take a remark back as settled; a second time changes nothing."""

    model = Remark
    http_method_names = ("post",)

    def post(self, *_args: Any, **_kwargs: Any) -> HttpResponse:
        if not self.paper.may_resolve(self.request.user, self.row):
            raise Http404
        try:
            remarks.resolve(self.row, self.paper, self.request.user)
        except Refused as refused:
            messages.error(self.request, str(refused.message))
        return redirect(f"{self.paper.get_absolute_url()}#remark-{self.row.pk}")
