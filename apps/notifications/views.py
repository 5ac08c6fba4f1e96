"""The messages that the portal has for the person who is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import ListView

from apps.notifications.models import Notification, NotificationQuerySet


class NotificationListView(LoginRequiredMixin, ListView):
    """What one was told, newest first; unread messages are marked."""

    template_name = "notifications/notification_list.html"
    context_object_name = "notifications"
    paginate_by = 50

    def get_queryset(self) -> NotificationQuerySet:
        return Notification.objects.visible_to(self.request.user)


class OpenView(LoginRequiredMixin, View):
    """Mark one message as read and go to its page; by POST, since reading changes a row."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        message = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
        Notification.objects.visible_to(request.user).unread().filter(pk=pk).update(read_at=timezone.now())
        page = message.path_in(get_language())
        if message.is_out_of_sight_of(request.user):
            messages.info(request, _("The paper is no longer open to you: it was recalled or handed on."))
            page = ""
        return redirect(page or "notifications:notification_list")


class ReadAllView(LoginRequiredMixin, View):
    """Mark everything as read."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest) -> HttpResponse:
        Notification.objects.visible_to(request.user).unread().update(read_at=timezone.now())
        return redirect("notifications:notification_list")
