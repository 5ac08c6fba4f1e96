"""What the environment says, read so that the embedded start needs nothing and production forgets nothing."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

# What production has to be told; the embedded start has a default for each.
REQUIRED = {
    "SECRET_KEY": "a long random text that nobody knows",
    "PORTAL_ADDRESS": "the address that people open, such as https://sdg.example.kz",
    "ALLOWED_HOSTS": "the host names of that address, separated by commas",
    "DATABASE_URL": "postgres://user:password@host:5432/name",
    "REDIS_URL": "redis://host:6379/0",
    "EMAIL_URL": "smtp+tls://user:password@host:587",
    "DEFAULT_FROM_EMAIL": "the address that the portal's letters come from",
}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def require_production_settings() -> None:
    """Stop with one line for each thing that production has not been told."""
    missing = [f"PRODUCTION=1 needs {name}: {what}" for name, what in REQUIRED.items() if not os.getenv(name)]
    if missing:
        raise SystemExit("\n".join(missing))


def embedded_secret_key(data_dir: Path) -> str:
    """Give the key of this data folder, made at the first start and readable by its owner alone."""
    path = data_dir / "secret_key"
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text()


def mailer(url: str) -> dict[str, Any]:
    """Read EMAIL_URL: smtp://, smtp+tls:// (STARTTLS) or smtps:// with a host, or file:// with a folder."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": unquote(parts.path)},
        }
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise SystemExit(f"EMAIL_URL is not understood: {parts.scheme}://… (smtp, smtp+tls, smtps or file)")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or MAIL_PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
            "timeout": int(parse_qs(parts.query).get("timeout", ["20"])[0]),
        },
    }
