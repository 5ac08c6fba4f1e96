"""A person with a browser, as far as HTTP goes: keeps cookies, follows redirects, sends the form's token.

Stands in front of a portal in production, where TLS ends at a proxy: it says what such a proxy says.
"""

import http.client
import secrets
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass
class Answer:
    status: int
    path: str
    headers: http.client.HTTPMessage
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode()


class Visitor:
    def __init__(self, base_url: str, host: str) -> None:
        self.address = urlsplit(base_url).netloc
        self.host = host
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        return self._follow("GET", path)

    def post(self, path: str, fields: dict | None = None, files: dict[str, tuple[str, bytes]] | None = None):
        """Send a form; `files` is name → (file name, content)."""
        fields = {"csrfmiddlewaretoken": self.cookies.get("__Host-csrf", "")} | (fields or {})
        if files is None:
            body, kind = urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded"
        else:
            body, kind = multipart(fields, files)
        return self._follow("POST", path, body, {"Content-Type": kind})

    def _follow(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None):
        answer = self._ask(method, path, body, headers or {})
        for _ in range(6):
            if answer.status not in REDIRECTS:
                return answer
            target = urlsplit(answer.headers["Location"])
            assert target.netloc in ("", self.host), f"led away to {target.geturl()}"
            path = (target.path or path) + (f"?{target.query}" if target.query else "")
            answer = self._ask("GET", path, b"", {})
        raise AssertionError(f"{path} leads in circles")

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection(self.address, timeout=60)
        headers = headers | {
            "Host": self.host,
            "X-Forwarded-Proto": "https",
            "Referer": f"https://{self.host}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            content = response.read()
        finally:
            connection.close()
        for header in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, path, response.headers, content)


def multipart(fields: dict, files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    boundary = secrets.token_hex(16)
    parts = [(f'name="{name}"', str(value).encode()) for name, value in fields.items()]
    parts += [(f'name="{name}"; filename="{file}"', content) for name, (file, content) in files.items()]
    body = b"".join(
        f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"
        for head, content in parts
    )
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
