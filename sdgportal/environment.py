"""What the environment says, read so that the embedded start needs nothing and production forgets nothing."""

import logging
import os
import secrets
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import environ

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
DATABASES = {"django.db.backends.postgresql", "django.db.backends.sqlite3"}
LARGEST_PORT = 65_535


def require_production_settings() -> None:
    """Stop with one line for each thing that production has not been told."""
    missing = [
        f"PRODUCTION=1 needs {name}: {what}"
        for name, what in REQUIRED.items()
        if not os.getenv(name, "").strip(" \t,")
    ]
    if missing:
        raise SystemExit("\n".join(missing))


def text(name: str, default: str = "") -> str:
    """Read a setting, or stop with one line where it is nothing but blanks."""
    given = os.getenv(name, "")
    if given and not given.strip():
        raise SystemExit(f"{name} is nothing but blanks: give it a value or leave it out")
    return given.strip() or default


def number(name: str, default: int, *, least: int = 0, most: int) -> int:
    """Read a whole number, or stop with one line."""
    given = text(name, str(default))
    if not (given.isascii() and given.isdecimal() and least <= int(given) <= most):
        raise SystemExit(f"{name} is not understood: {given} (a whole number from {least} to {most})")
    return int(given)


def address(name: str, default: str) -> str:
    """Read the address of a site, without a slash at its end, or stop with one line."""
    given = text(name, default).rstrip("/")
    parts = _split(given)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise SystemExit(f"{name} is not understood: {given} (such as https://sdg.example.kz)")
    return given


def sentry(dsn: str) -> str:
    """Read SENTRY_DSN, or stop with one line that does not tell its key."""
    if dsn:
        from sentry_sdk.utils import BadDsn, Dsn  # noqa: PLC0415 - heavy, and mostly not wanted

        try:
            Dsn(dsn)
        except (BadDsn, ValueError) as error:
            raise SystemExit("SENTRY_DSN is not understood: it is to be https://key@host/number") from error
    return dsn


def switch(name: str) -> bool:
    """Read a setting that is on or off, or stop with one line."""
    given = text(name, "0").lower()
    if given not in {"0", "1", "false", "true", "no", "yes", "off", "on"}:
        raise SystemExit(f"{name} is not understood: {given} (1 or 0)")
    return given in {"1", "true", "yes", "on"}


def log_level(default: str) -> str:
    """Read how much is logged, or stop with one line."""
    given = text("LOG_LEVEL", default).upper()
    if given not in logging.getLevelNamesMapping():
        raise SystemExit(f"LOG_LEVEL is not understood: {given} (DEBUG, INFO, WARNING or ERROR)")
    return given


def folder(path: Path) -> Path:
    """Make the data folder where there is none, or stop with one line where nothing can be written."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SystemExit(f"DATA_DIR cannot be made: {path} ({error.strerror})") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise SystemExit(f"DATA_DIR cannot be written: {path}")
    return path


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


def database(url: str) -> dict[str, Any]:
    """Read DATABASE_URL, and set how long a page waits for a database that has frozen.

    SQLite's writers take turns. PostgreSQL is given up when it does not answer a new connection or does not
    take what is sent, and ends by itself a statement that takes too long. What the address says goes before.
    """
    try:
        with warnings.catch_warnings(action="error"):
            known: dict[str, Any] = dict(environ.Env.db_url_config(url))
    except (ValueError, UserWarning):
        known = {}
    if known.get("ENGINE") not in DATABASES or not known.get("NAME"):
        raise SystemExit(
            f"DATABASE_URL is not understood: it is to be {REQUIRED['DATABASE_URL']} or sqlite:///…"
        )
    if known["ENGINE"].endswith("sqlite3"):
        known["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        } | known.get("OPTIONS", {})
        return known
    statement = number("DATABASE_STATEMENT_TIMEOUT", 60, most=86_400)
    limits: dict[str, Any] = {
        "connect_timeout": number("DATABASE_CONNECT_TIMEOUT", 5, most=600),
        "tcp_user_timeout": 30_000,  # milliseconds
        "keepalives_idle": 30,
    }
    if statement:
        limits["options"] = f"-c statement_timeout={statement}s"
    return known | {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": limits | known.get("OPTIONS", {}),
    }


def redis(url: str) -> str:
    """Read REDIS_URL, or stop with one line."""
    if url and not (_split(url).scheme in {"redis", "rediss"} and _split(url).hostname):
        raise SystemExit(f"REDIS_URL is not understood: it is to be {REQUIRED['REDIS_URL']}")
    return url


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # such as half an IPv6 address
        return urlsplit("")


def mailer(url: str) -> dict[str, Any]:
    """Read EMAIL_URL: smtp://, smtp+tls:// (STARTTLS) or smtps:// with a host, or file:// with a folder."""
    try:
        return _mailer(url)
    except ValueError as error:
        raise SystemExit(f"EMAIL_URL is not understood: {urlsplit(url).scheme}://… ({error})") from error


def _mailer(url: str) -> dict[str, Any]:
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
