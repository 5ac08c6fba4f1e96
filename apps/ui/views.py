"""Pages for what went wrong beside the views: they must neither fail themselves nor ask the database."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from structlog.contextvars import get_contextvars


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that could not be read, such as a form with too many fields."""
    return HttpResponse(loader.render_to_string("400.html", {"request": request}), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of the portal; its number is that of the request in the logs."""
    number = get_contextvars().get("request_id", "")
    page = loader.render_to_string("500.html", {"request": request, "number": str(number)[:8]})
    return HttpResponse(page, status=500)
