"""What is written down of each request: who asked for which page, and nothing that they typed."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """Leave the query out: people search for names."""
        return f"{request.method} {request.path}"
