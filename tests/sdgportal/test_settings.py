"""Production is told everything or says what is missing; the embedded start needs nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from sdgportal import environment
from sdgportal.environment import REQUIRED, embedded_secret_key, mailer, require_production_settings

REPOSITORY = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "k3y-" + "aZ9_-" * 14,
    "PORTAL_ADDRESS": "https://sdg.example.kz",
    "ALLOWED_HOSTS": "sdg.example.kz",
    "DATABASE_URL": "postgres://portal:secret@db:5432/portal",
    "REDIS_URL": "redis://redis:6379/0",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.kz:587",
    "DEFAULT_FROM_EMAIL": "portal@example.kz",
}


def manage(*arguments: str, environment: dict[str, str], data_dir: Path) -> subprocess.CompletedProcess[str]:
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=REPOSITORY,
        env=bare | {"DATA_DIR": str(data_dir)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_says_everything_that_is_missing_at_once(tmp_path):
    refused = manage("check", environment={"PRODUCTION": "1"}, data_dir=tmp_path)
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.splitlines() == [
        f"PRODUCTION=1 needs {name}: {what}" for name, what in REQUIRED.items()
    ]


@pytest.mark.parametrize("name", REQUIRED)
def test_production_says_in_one_line_what_is_missing(name, monkeypatch):
    for key, value in PRODUCTION.items():
        monkeypatch.setenv(key, "" if key == name else value)
    with pytest.raises(SystemExit) as refusal:
        require_production_settings()
    assert str(refusal.value) == f"PRODUCTION=1 needs {name}: {REQUIRED[name]}"


def test_production_passes_the_deployment_check(tmp_path):
    checked = manage(
        "check", "--deploy", "--fail-level", "WARNING", environment=PRODUCTION, data_dir=tmp_path
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout + checked.stderr


def test_embedded_start_needs_nothing(tmp_path):
    checked = manage("check", environment={}, data_dir=tmp_path / "made" / "by" / "itself")
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "99999"),
        ("PORT", "0"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres://portal:s3cret@db:54x/portal"),
        ("DATABASE_STATEMENT_TIMEOUT", "soon"),
        ("REDIS_URL", "nonsense"),
        ("EMAIL_URL", " "),
        ("EMAIL_URL", "smtp://portal:s3cret@mail:x"),
        ("EMAIL_URL", "smtp://portal:s3cret@mail?timeout=x"),
        ("DATA_DIR", "/dev/null/var"),
        ("PRODUCTION", "perhaps"),
        ("LOG_LEVEL", "loud"),
        ("REDIS_URL", "redis://[half"),
        ("PORTAL_ADDRESS", "sdg.example.kz"),
        ("PORTAL_ADDRESS", "https://sdg.example.kz/portal"),
        ("PORTAL_ADDRESS", "https://[half"),
        ("SENTRY_DSN", "rubbish"),
        ("SENTRY_DSN", "https://s3cret@sentry.example.kz:x/1"),
    ],
)
def test_setting_that_is_not_understood_is_named_in_one_line(name, value, monkeypatch):
    readers = {
        "PORT": lambda: environment.number("PORT", 8000, least=1, most=65_535),
        "DATABASE_URL": lambda: environment.database(environment.text("DATABASE_URL")),
        "DATABASE_STATEMENT_TIMEOUT": lambda: environment.database("postgres://db/portal"),
        "REDIS_URL": lambda: environment.redis(environment.text("REDIS_URL")),
        "EMAIL_URL": lambda: environment.mailer(environment.text("EMAIL_URL")),
        "DATA_DIR": lambda: environment.folder(Path(environment.text("DATA_DIR"))),
        "PRODUCTION": lambda: environment.switch("PRODUCTION"),
        "LOG_LEVEL": lambda: environment.log_level("INFO"),
        "PORTAL_ADDRESS": lambda: environment.address("PORTAL_ADDRESS", "http://localhost:8000"),
        "SENTRY_DSN": lambda: environment.sentry(environment.text("SENTRY_DSN")),
    }
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as refusal:
        readers[name]()
    line = str(refusal.value)
    assert line.startswith(f"{name} ")
    assert "\n" not in line
    assert "s3cret" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("DATABASE_URL", "nonsense"),
        ("EMAIL_URL", " "),
        ("TRUSTED_PROXY_COUNT", "abc"),
        ("SENTRY_DSN", "rubbish"),
        ("PORTAL_ADDRESS", "sdg.example.kz"),
    ],
)
def test_refused_setting_is_all_that_is_said_and_the_code_is_1(name, value, tmp_path):
    refused = manage("check", environment={name: value}, data_dir=tmp_path)
    assert (refused.returncode, refused.stdout, len(refused.stderr.splitlines())) == (1, "", 1)


def test_database_has_limits_that_its_address_may_change():
    limits = environment.database("postgres://portal@db/portal")["OPTIONS"]
    assert (limits["connect_timeout"], limits["options"]) == (5, "-c statement_timeout=60s")
    assert (
        environment.database("postgres://portal@db/portal?connect_timeout=9")["OPTIONS"]["connect_timeout"]
        == 9
    )


def test_embedded_key_is_made_once_and_kept_to_its_owner(tmp_path):
    key = embedded_secret_key(tmp_path)
    assert len(key) >= 50
    assert embedded_secret_key(tmp_path) == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_mailer_reads_an_smtp_address_with_starttls():
    options = mailer("smtp+tls://portal%40example.kz:p%3Ass@mail.example.kz")["OPTIONS"]
    assert options["host"] == "mail.example.kz"
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (587, True, False)
    assert (options["username"], options["password"]) == ("portal@example.kz", "p:ss")


def test_mailer_writes_files_by_default(tmp_path):
    assert mailer((tmp_path / "mail").as_uri())["OPTIONS"] == {"file_path": str(tmp_path / "mail")}


def test_mailer_refuses_what_it_does_not_understand_without_telling_the_password():
    with pytest.raises(SystemExit) as refusal:
        mailer("imap://portal:secret@mail.example.kz")
    assert "secret" not in str(refusal.value)


def test_content_security_policy_has_no_exceptions():
    sources = {source for values in settings.SECURE_CSP.values() for source in values}
    assert sources <= {"'none'", "'self'", "data:"}
    assert settings.SECURE_CSP["script-src"] == settings.SECURE_CSP["style-src"] == ["'self'"]


def test_a_report_of_three_hundred_lines_may_be_sent():
    assert settings.DATA_UPLOAD_MAX_NUMBER_FIELDS >= 300 * 12


@pytest.mark.parametrize(
    ("environment", "count"),
    [({}, "0"), (PRODUCTION, "1"), (PRODUCTION | {"TRUSTED_PROXY_COUNT": "2"}, "2")],
)
def test_proxies_in_front_are_counted(tmp_path, environment, count):
    said = "from django.conf import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    shown = manage("shell", "--no-imports", "-c", said, environment=environment, data_dir=tmp_path)
    assert shown.stdout.strip() == count
