"""docker-compose.yml does what it says: its own commands, as processes, on real PostgreSQL and Redis."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from sdgportal.environment import REQUIRED
from tests.compose import HOST, REPOSITORY, compose_file, dot_env

SERVICES = yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())["services"]


def test_compose_has_every_part_and_each_long_running_one_is_watched():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "db", "redis"}
    assert all("healthcheck" in service for name, service in SERVICES.items() if name != "migrate")


def test_compose_refuses_to_start_without_the_password():
    with pytest.raises(AssertionError, match="POSTGRES_PASSWORD is not set"):
        compose_file({})


def test_env_example_asks_for_all_that_production_needs_and_has_no_default():
    lines = (REPOSITORY / ".env.example").read_text().splitlines()
    asked = {
        name: value for name, _, value in (line.partition("=") for line in lines if re.match("[A-Z]", line))
    }
    from_compose = {"DATABASE_URL", "REDIS_URL"}
    assert set(REQUIRED) - from_compose <= set(asked)
    assert set(asked.values()) == {""}


def test_image_runs_as_nobody_in_particular_and_holds_no_secret():
    dockerfile = (REPOSITORY / "Dockerfile").read_text()
    assert re.search(r"^USER portal$", dockerfile, flags=re.MULTILINE)
    assert not re.search(r"SECRET|PASSWORD|TOKEN", dockerfile)


def test_image_and_set_up_script_install_the_same_libraries():
    libraries = re.compile(r"\blib[\w.-]+\d")
    in_image = set(libraries.findall((REPOSITORY / "Dockerfile").read_text()))
    assert in_image
    assert in_image == set(libraries.findall((REPOSITORY / ".ci" / "setup").read_text()))


def probe(services, name: str) -> int:
    """Run the health check of a service, as the engine would."""
    kind, *command = compose_file(dot_env(services.port))["services"][name]["healthcheck"]["test"]
    assert kind == "CMD"
    command = [word.replace("//web:", "//127.0.0.1:") for word in command]
    return subprocess.run(command, cwd=REPOSITORY, env=services.environment, check=False).returncode


def test_services_are_ready_and_their_health_checks_pass(compose_services):
    answer = compose_services.visitor().get("/readyz")
    assert answer.status == 200
    assert set(json.loads(answer.content).values()) == {"ok"}
    assert [probe(compose_services, name) for name in ("web", "worker", "beat")] == [0, 0, 0]


def test_services_speak_only_through_tls_and_only_by_their_name(compose_services):
    visitor = compose_services.visitor()
    answer = visitor.get("/kk/accounts/login/")
    assert answer.status == 200
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "__Host-csrf" in visitor.cookies
    stranger = compose_services.visitor()
    stranger.host = "elsewhere.example"
    assert stranger.get("/kk/accounts/login/").status == 400


def test_services_serve_styles_by_the_hash_of_their_content(compose_services):
    page = compose_services.visitor().get("/kk/accounts/login/").text
    [style, *_] = re.findall(r'href="(/static/[^"]+\.css)"', page)
    assert re.search(r"\.[0-9a-f]{12}\.css$", style)
    answer = compose_services.visitor().get(style)
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]


def test_logs_are_lines_of_json(compose_services):
    compose_services.visitor().get("/kk/accounts/login/?next=/kk/&secret=word")
    lines = Path(compose_services.logs / "web").read_text().splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert any(event.get("request") == "GET /kk/accounts/login/" for event in events)
    assert "secret=word" not in "\n".join(lines)
    assert HOST not in "\n".join(lines)
