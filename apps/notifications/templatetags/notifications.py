"""How many messages wait, for the bell in the masthead."""

from django import template
from django.http import HttpRequest

from apps.notifications.models import Notification

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_count(context: template.Context) -> int:
    """Count the unread messages of the person who is signed in, once a request."""
    request: HttpRequest | None = context.get("request")
    if request is None or not request.user.is_authenticated:
        return 0
    if not hasattr(request, "unread_notifications"):
        request.unread_notifications = Notification.objects.visible_to(request.user).unread().count()  # type: ignore[attr-defined]
    return request.unread_notifications  # type: ignore[attr-defined]
