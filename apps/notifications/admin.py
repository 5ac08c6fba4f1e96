"""What became of the letters, for operators: read, and sent again where they were given up."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from apps.notifications.models import Notification


@admin.register(Notification)
class NotificationAdmin(admin.ModelAdmin):
    list_display = ("created_at", "recipient", "address", "kind", "state", "attempts", "sent_at", "error")
    list_filter = ("state", "kind")
    list_select_related = ("recipient",)
    date_hierarchy = "created_at"
    fields = (
        ("recipient", "address", "language"),
        ("subject_kk", "subject_ru"),
        ("kind", "created_at", "read_at"),
        ("state", "attempts", "next_try_at", "sent_at"),
        "error",
    )
    actions = ("send_again",)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False

    @admin.action(description=_("Send again what was not delivered"), permissions=["view"])
    def send_again(self, _request: HttpRequest, letters: QuerySet[Notification]) -> None:
        given_up = letters.filter(state=Notification.State.FAILED)
        given_up.update(state=Notification.State.QUEUED, attempts=0, next_try_at=timezone.now())
