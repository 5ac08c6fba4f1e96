"""Pages for what went wrong, which neither fail themselves nor ask the database, and the icon."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import loader
from django.templatetags.static import static
from django.views.decorators.http import require_safe
from structlog.contextvars import get_contextvars


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that could not be read, such as a form with too many fields."""
    return HttpResponse(loader.render_to_string("400.html", {"request": request}), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of the portal; its number is that of the request in the logs."""
    number = get_contextvars().get("request_id", "")
    page = loader.render_to_string("500.html", {"request": request, "number": str(number)[:8]})
    return HttpResponse(page, status=500)


@require_safe
def icon(_request: HttpRequest) -> HttpResponse:
    """Browsers ask for it at the root, whatever the pages say."""
    return HttpResponseRedirect(static("favicon.svg"))
