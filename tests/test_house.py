"""The rules of the house that can be checked by a program."""

import json
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from apps.portal.demo.cast import PASSWORD, accounts

REPOSITORY = Path(__file__).resolve().parent.parent
TOP_LEVEL = {
    *("manage.py", "sdgportal", "apps", "templates", "static", "fixtures", "tests", "locale", "docs"),
    *("docker-compose.yml", "Dockerfile", "Makefile", "README.md", "CHANGELOG.md"),
    *("pyproject.toml", "requirements.lock", "requirements-dev.lock", "package.json", "package-lock.json"),
}
MOST_LINES = 300
LOCKS = ["requirements.lock", "requirements-dev.lock", ".ci/bootstrap-uv.txt", ".ci/bootstrap-node.txt"]


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_readme_names_the_demonstration_accounts():
    readme = (REPOSITORY / "README.md").read_text()
    assert PASSWORD in readme
    assert [account.email for account in accounts() if f"`{account.email}`" not in readme] == []


def test_apps_import_only_from_the_layers_below():
    checked = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_top_level_holds_only_what_is_named_here():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    if not tracked[0]:
        pytest.skip("not a git checkout")
    found = {path.split("/")[0] for path in tracked if path}
    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL


def test_file_is_read_at_one_sitting():
    sources = [path for folder in ("apps", "sdgportal") for path in (REPOSITORY / folder).rglob("*.py")]
    scripts = list((REPOSITORY / "static" / "js").rglob("*.js"))
    written = [path for path in (*sources, *scripts) if "migrations" not in path.parts]
    assert written
    lengths = {str(path.relative_to(REPOSITORY)): path.read_text().count("\n") for path in written}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


@pytest.mark.parametrize("name", LOCKS)
def test_lock_is_hashed_and_names_no_host(name):
    lock = (REPOSITORY / name).read_text()
    assert "://" not in lock
    pinned = re.findall(r"^[\w.-]+(?:\[[\w,-]+\])?==", lock, flags=re.MULTILINE)
    assert pinned
    assert lock.count("--hash=sha256:") >= len(pinned)


def test_package_lock_is_hashed_and_names_no_host():
    packages = json.loads((REPOSITORY / "package-lock.json").read_text())["packages"]
    installed = [package for path, package in packages.items() if path]
    assert installed
    assert all("integrity" in package and "resolved" not in package for package in installed)
