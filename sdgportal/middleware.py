"""What is refused before any page looks at it, what every answer carries, what is written down of it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django_structlog.middlewares import RequestMiddleware

type Answer = Callable[[HttpRequest], HttpResponseBase]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
UNPROCESSABLE = 422
# Nothing here takes a picture, listens, asks where one is or takes money.
PERMISSIONS = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "publickey-credentials-get",
        "screen-wake-lock",
        "usb",
    )
)


class HeadersMiddleware:
    """Gives every answer the policy of permissions; what a signed-in person was shown, no cache keeps.

    An answer that says itself how long it may be kept (a static file, a file of a paper) is left as it is.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if settings.SESSION_COOKIE_NAME in {*request.COOKIES, *response.cookies}:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class AddressMiddleware:
    """Refuses what no page has to answer: NUL, which PostgreSQL refuses, and methods beyond a browser's.

    Django's own form views take PUT for POST.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class FormErrorMiddleware:
    """Says by the status too, 422, that a form was not taken; but htmx swaps only answers of success."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        shown: dict[str, Any] = response.context_data or {}
        form: Any = shown.get("form") or getattr(shown.get("adminform"), "form", None)
        is_refused = bool(shown.get("errors")) or bool(getattr(form, "is_bound", False) and form.errors)
        is_success = request.method == "POST" and response.status_code == 200  # noqa: PLR2004 - OK
        if is_refused and is_success and not getattr(request, "htmx", False):
            response.status_code = UNPROCESSABLE
        return response


class RequestLogMiddleware(RequestMiddleware):
    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Leave the query out: people search for names."""
        return f"{request.method} {request.path}"
