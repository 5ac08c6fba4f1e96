"""What the pages of a paper's rows share: its remarks and its letters are found through the paper alone."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import FormView

from apps.workflow.models import HandOver, Remark
from apps.workflow.views.steps import UNPROCESSABLE, paper_or_404
from apps.workflow.workflow import workflows


class RowMixin(LoginRequiredMixin):
    """A row that belongs to a paper, found only through a paper that the person may see."""

    request: HttpRequest
    kwargs: dict[str, Any]
    model: type[Remark | HandOver]

    @cached_property
    def row(self) -> Any:
        return get_object_or_404(self.model.objects.all(), pk=self.kwargs["pk"])

    @cached_property
    def paper(self) -> Any:
        kind = ".".join(self.row.content_type.natural_key())
        return paper_or_404(workflows.get(kind), self.request.user, self.row.object_id)


class RowFormView(RowMixin, FormView):
    """A form about such a row, with its paper at hand."""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.row}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(paper=self.paper, row=self.row, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=UNPROCESSABLE)
