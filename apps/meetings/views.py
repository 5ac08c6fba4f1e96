"""Pages of meetings: the year's list, planning, the meeting with its protocol, a protocol on paper."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import BigIntegerField, Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView
from django_htmx.http import HttpResponseClientRedirect

from apps.attachments.forms import UploadForm
from apps.deadlines.calendar import is_working_day
from apps.groups.models import WorkingGroup
from apps.meetings import planning
from apps.meetings.agenda import Agenda
from apps.meetings.draft import MeetingDraft, stale
from apps.meetings.forms import CancelForm, NewMeetingForm, PastProtocolForm
from apps.meetings.models import Meeting
from apps.meetings.outline import places
from apps.meetings.presence import Presence
from apps.meetings.quarters import Held, held_in, ordinal, quarters
from apps.meetings.rules import MINUTES_SEATS
from apps.meetings.signatories import signatories
from apps.meetings.workflow import protocol_workflow
from apps.ui.requests import whole
from apps.workflow.workflow import Refused, workflow_of

UNPROCESSABLE, CONFLICT = 422, 409
MOST_KEY = BigIntegerField.MAX_BIGINT  # PostgreSQL compares no key with a greater number


def year_of(request: HttpRequest, default: int) -> int:
    """The year that the address asks for, within what a date can hold."""
    return whole(request.GET.get("year"), 2000, 2100) or default


class MeetingList(LoginRequiredMixin, ListView):
    """Meetings of a year, of one group or of all that one may see, with the quarter meter of the group."""

    template_name = "meetings/meeting_list.html"
    context_object_name = "meetings"
    paginate_by = 50

    @cached_property
    def groups(self) -> list[WorkingGroup]:
        visible = WorkingGroup.objects.visible_to(self.request.user).select_related("region")
        return list(visible.order_by("region__sort_kk"))

    @cached_property
    def group(self) -> WorkingGroup | None:
        asked = self.request.GET.get("group", "")
        chosen = next((group for group in self.groups if str(group.pk) == asked), None)
        return chosen or (self.groups[0] if len(self.groups) == 1 else None)

    @cached_property
    def year(self) -> int:
        return year_of(self.request, timezone.localdate().year)

    def get_queryset(self) -> QuerySet[Meeting]:
        meetings = Meeting.objects.visible_to(self.request.user).for_year(self.year)
        if self.group:
            meetings = meetings.filter(group=self.group)
        return (
            meetings.select_related("group__region", "protocol")
            .annotate(
                questions=Count("agenda", distinct=True), decisions=Count("agenda__decisions", distinct=True)
            )
            .order_by("-held_on", "-pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, today = self.request.user, timezone.localdate()
        kept = [group for group in self.groups if user.has_perm("meetings.plan_meeting", group)]
        context |= {"year": self.year, "groups": self.groups, "group": self.group, "can_plan": bool(kept)}
        if self.group:
            held = held_in(self.year, [self.group.pk])
            context["quarters"] = quarters(self.year, held, today, self.group.act_date)
        return context


class MinutesMixin(LoginRequiredMixin):
    """Pages for those who keep the minutes of some group."""

    request: HttpRequest

    @cached_property
    def groups(self) -> QuerySet[WorkingGroup]:
        return WorkingGroup.objects.where_sits(self.request.user, *MINUTES_SEATS).select_related("region")

    def get_form_kwargs(self) -> dict[str, Any]:
        if not self.groups:
            raise PermissionDenied
        return {**super().get_form_kwargs(), "groups": self.groups}  # type: ignore[misc]

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("group", "")
        chosen = next((group for group in self.groups if str(group.pk) == asked), self.groups.first())
        return {"group": chosen}


class MeetingCreate(MinutesMixin, FormView):
    """Plan a meeting: any day will do; a day off is pointed at and accepted."""

    form_class = NewMeetingForm
    template_name = "meetings/meeting_form.html"

    def form_valid(self, form: NewMeetingForm) -> HttpResponse:
        is_another = form.cleaned_data["is_another"]
        try:
            meeting = planning.plan(form.instance, self.request.user, is_another=is_another)
        except Refused as refused:
            form.ask_whether_another(refused)
            return self.form_invalid(form)
        if not is_working_day(meeting.held_on):
            messages.warning(self.request, _("The meeting is planned for a day off."))
        messages.success(self.request, _("The meeting is planned. Now draw up its agenda."))
        return redirect(f"{meeting.get_absolute_url()}#p3")


class MeetingMixin(LoginRequiredMixin):
    """The meeting that the address names, among those that one may see."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def of_the_year(self) -> list[Meeting]:
        """The meeting among those of its group and year, by date, in one query."""
        pk = self.kwargs["pk"]
        if pk > MOST_KEY:
            return []
        visible = Meeting.objects.visible_to(self.request.user).of_the_year_of(pk)
        return list(visible.select_related("group__region", "group__organisation", "protocol"))

    @cached_property
    def meeting(self) -> Meeting:
        meeting = next((one for one in self.of_the_year if one.pk == self.kwargs["pk"]), None)
        if meeting is None:
            raise Http404
        meeting.protocol.meeting = meeting
        return meeting

    @property
    def can_edit(self) -> bool:
        protocol = self.meeting.protocol
        return protocol.is_editable and self.request.user.has_perm("meetings.edit_protocol", protocol)

    @property
    def may_attach(self) -> bool:
        protocol = self.meeting.protocol
        return protocol.is_signed and self.request.user.has_perm("meetings.edit_protocol", protocol)


class MeetingDetail(MeetingMixin, TemplateView):
    """The meeting: place and date, attendance, agenda, decisions, protocol. A draft is edited in place."""

    template_name = "meetings/meeting_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, today = self.meeting, timezone.localdate()
        held = [Held.of(one) for one in self.of_the_year if one.cancelled_at is None]
        seats = kwargs.pop("seats", None) or meeting.composition()
        presence = Presence(seats)
        context = {
            "meeting": meeting,
            "group": meeting.group,
            "protocol": meeting.protocol,
            "presence": presence,
            "ordinal": ordinal(meeting, held),
            "quarters": quarters(meeting.held_on.year, held, today, meeting.group.act_date),
            "can_attach": self.may_attach,
            "steps": workflow_of(meeting.protocol).available_to(self.request.user, meeting.protocol),
            **kwargs,
        }
        if "draft" not in context and self.can_edit:
            context["draft"] = MeetingDraft(meeting, seats)
        if "draft" not in context:
            context["agenda"] = Agenda(meeting)
            context["chair"], context["secretary"] = signatories(meeting.protocol, seats)
        agenda = context["draft"].agenda if "draft" in context else context["agenda"]
        context["places"] = places(meeting.protocol, presence, agenda.questions)
        return super().get_context_data(**context)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not request.user.has_perm("meetings.edit_protocol", self.meeting.protocol):
            raise PermissionDenied
        seats, version = self.meeting.composition(), whole(request.POST.get("version")) or 0
        draft = MeetingDraft(self.meeting, seats, request.POST)
        if self.can_edit and draft.version != version:
            return self._again(draft.with_what_is_stored(), seats, status=CONFLICT, refusal=stale())
        if not draft.is_valid():
            return self._again(draft, seats, status=UNPROCESSABLE)
        try:
            changed = draft.save(request.user, version)
        except Refused as refused:
            if refused.code != "stale":
                messages.error(request, str(refused.message))
                return redirect(self.meeting)
            del self.of_the_year, self.meeting  # somebody was faster by the blink of an eye
            return self.post(request, pk)
        return self._on(changed=changed)

    def _again(self, draft: MeetingDraft, seats: list[Any], *, status: int, **more: Any) -> HttpResponse:
        """Show the page with what was typed; htmx swaps only answers of success."""
        context = self.get_context_data(draft=draft, seats=seats, **more)
        return self.render_to_response(context, status=200 if self.is_htmx else status)

    @property
    def is_htmx(self) -> bool:
        return bool(getattr(self.request, "htmx", False))

    def _on(self, *, changed: bool) -> HttpResponse:
        """Go where the button leads: on to a step of the protocol, or back to the page."""
        step = self.request.POST.get("then", "")
        if step in workflow_of(self.meeting.protocol).transitions:
            model = self.meeting.protocol._meta.label_lower
            pk = self.meeting.protocol.pk
            url = reverse("workflow:paper_transition", kwargs={"model": model, "pk": pk, "name": step})
            return HttpResponseClientRedirect(url) if self.is_htmx else redirect(url)
        if changed:
            messages.success(self.request, _("Saved: {time}").format(time=f"{timezone.localtime():%H:%M}"))
        else:
            messages.info(self.request, _("Nothing was changed."))
        return redirect(self.meeting)


class MeetingCancel(MeetingMixin, FormView):
    """Note that a planned meeting did not take place; the record of it stays."""

    form_class = CancelForm
    template_name = "meetings/meeting_cancel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not self.can_edit:
            raise PermissionDenied
        return super().get_context_data(meeting=self.meeting, **kwargs)

    def form_valid(self, form: CancelForm) -> HttpResponse:
        if not self.can_edit:
            raise PermissionDenied
        try:
            planning.cancel(self.meeting, self.request.user, form.cleaned_data["reason"])
        except Refused as refused:
            messages.error(self.request, str(refused.message))
        return redirect(self.meeting)


class ProtocolAttach(MeetingMixin, FormView):
    """Attach the signed original, or what belongs to it, after the signing was noted."""

    form_class = UploadForm
    template_name = "meetings/protocol_attach.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not self.may_attach:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(meeting=self.meeting, protocol=self.meeting.protocol, **kwargs)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        try:
            planning.attach(self.meeting.protocol, form, self.request.user)
        except ValidationError as refused:
            form.add_error("file", refused)
            return self.form_invalid(form)
        messages.success(self.request, _("The file is attached."))
        return redirect(f"{self.meeting.get_absolute_url()}#p5")


class ProtocolOnPaper(MinutesMixin, FormView):
    """Enter a protocol signed before as a scan with its number and date; nothing is replayed."""

    form_class = PastProtocolForm
    template_name = "meetings/protocol_on_paper.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "today": timezone.localdate()}

    def form_valid(self, form: PastProtocolForm) -> HttpResponse:
        step = protocol_workflow.transitions["register_on_paper"]
        try:
            protocol = planning.register_on_paper(step.prepared(form.cleaned_data), self.request.user)
        except Refused as refused:
            form.ask_whether_another(refused)
            return self.form_invalid(form)
        words = _("The protocol signed before is entered: {protocol}")
        messages.success(self.request, words.format(protocol=protocol.title))
        return redirect(protocol)
