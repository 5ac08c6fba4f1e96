"""Pages of the working groups: who sits in them, by which act (points 4, 5 and 9)."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import CreateView, DetailView, ListView, UpdateView, View
from django.views.generic.edit import ModelFormMixin

from apps.accounts import roles
from apps.groups.forms import MemberForm, NewWorkingGroupForm, WorkingGroupForm
from apps.groups.history import store_group, store_member
from apps.groups.models import Member, WorkingGroup
from apps.organisations.models import Organisation, Region
from apps.ui.requests import whole


def bodies_without_group(user: Any) -> QuerySet[Organisation]:
    """Own akimats that have not entered their group yet."""
    own = Organisation.objects.filter(pk__in=user.organisations(*roles.STAFF))
    return own.active().filter(kind__in=Organisation.LOCAL_EXECUTIVE_KINDS, working_group=None)


class WorkingGroupList(LoginRequiredMixin, ListView):
    """Groups that one may see; to those who see the country also the regions that have none."""

    template_name = "groups/workinggroup_list.html"
    context_object_name = "groups"

    def get_queryset(self) -> QuerySet[WorkingGroup]:
        sitting = Member.objects.in_force()
        chairs = sitting.filter(group=OuterRef("pk"), capacity=Member.Capacity.CHAIR)
        return (
            WorkingGroup.objects.visible_to(self.request.user)
            .select_related("region")
            .annotate(
                size=Count("members", filter=Q(members__in=sitting)),
                chair=Subquery(chairs.order_by("pk").values("full_name")[:1]),
            )
            .order_by("region__parent_id", "region_id")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        context = super().get_context_data(**kwargs)
        context["without_group"] = bodies_without_group(user) if user.has_perm("groups.add_group") else ()
        if user.has_role(*roles.NATIONAL):
            context["regions_without"] = Region.objects.reporting().filter(working_groups=None).in_alphabet()
        return context


class WorkingGroupDetail(LoginRequiredMixin, DetailView):
    """A group: members of the five categories now, those to come and those gone, and the act."""

    template_name = "groups/workinggroup_detail.html"
    context_object_name = "group"

    def get_queryset(self) -> QuerySet[WorkingGroup]:
        return WorkingGroup.objects.visible_to(self.request.user).select_related("region", "organisation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        seats = sorted(self.object.members.all(), key=attrgetter("order"))
        now = [seat for seat in seats if seat.sits_on(today)]
        counts = Counter(seat.category for seat in now)
        return super().get_context_data(
            members=now,
            coming=[seat for seat in seats if seat.starts_on > today],
            gone=[seat for seat in seats if seat.ends_on and seat.ends_on < today],
            categories=[(label, counts[value]) for value, label in Member.Category.choices],
            vacant=[
                label
                for capacity, label in Member.Capacity.choices
                if capacity in {Member.Capacity.CHAIR, Member.Capacity.SECRETARY}
                and not any(seat.capacity == capacity for seat in now)
            ],
            can_edit=self.request.user.has_perm("groups.edit_group", self.object),
            **kwargs,
        )


class WorkingGroupCreate(LoginRequiredMixin, PermissionRequiredMixin, CreateView):
    """Enter the group that the akimat's act created."""

    form_class = NewWorkingGroupForm
    template_name = "groups/workinggroup_form.html"
    permission_required = "groups.add_group"

    def get_form_kwargs(self) -> dict[str, Any]:
        bodies = bodies_without_group(self.request.user)
        body = whole(self.request.GET.get("body"))
        wanted = bodies if body is None else bodies.filter(pk=body)
        return {**super().get_form_kwargs(), "bodies": bodies, "initial": {"organisation": wanted.first()}}

    def form_valid(self, form: Any) -> HttpResponse:
        group = store_group(form, self.request.user, "create")
        messages.success(self.request, _("The group is entered. Now add its members."))
        return redirect(group)


class WorkingGroupUpdate(LoginRequiredMixin, PermissionRequiredMixin, UpdateView):
    """Change the group's names and act."""

    form_class = WorkingGroupForm
    template_name = "groups/workinggroup_form.html"
    context_object_name = "group"
    permission_required = "groups.edit_group"

    def get_queryset(self) -> QuerySet[WorkingGroup]:
        return WorkingGroup.objects.visible_to(self.request.user).select_related("region")

    @cached_property
    def found(self) -> WorkingGroup:
        return get_object_or_404(self.get_queryset(), pk=self.kwargs["pk"])

    def get_object(self, queryset: Any = None) -> WorkingGroup:
        return self.found

    def has_permission(self) -> bool:
        return self.request.user.has_perm(self.permission_required, self.found)

    def form_valid(self, form: Any) -> HttpResponse:
        group = store_group(form, self.request.user, "change")
        messages.success(self.request, _("Saved."))
        return redirect(group)


class SeatView(LoginRequiredMixin, PermissionRequiredMixin, ModelFormMixin, View):
    """What adding and changing a seat share: the group, its right, and the entry of history."""

    form_class = MemberForm
    context_object_name = "member"
    action = ""

    @cached_property
    def group(self) -> WorkingGroup:
        visible = WorkingGroup.objects.visible_to(self.request.user).select_related("region")
        return get_object_or_404(visible, pk=self.kwargs["group"])

    def has_permission(self) -> bool:
        return self.request.user.has_perm("groups.edit_group", self.group)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "group": self.group}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(group=self.group, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        store_member(form, self.group, self.request.user, self.action)
        messages.success(self.request, _("Saved."))
        if "another" in self.request.POST:
            return redirect(reverse("groups:member_create", kwargs={"group": self.group.pk}))
        return redirect(self.group)


class MemberCreate(SeatView, CreateView):
    template_name = "groups/member_form.html"
    action = "add_member"

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": timezone.localdate()}


class MemberUpdate(SeatView, UpdateView):
    template_name = "groups/member_form.html"
    action = "change_member"

    def get_queryset(self) -> QuerySet[Member]:
        return self.group.members.select_related("user")
