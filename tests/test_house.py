"""The rules of the house that can be checked by a program."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

REPOSITORY = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "requirements-dev.lock", ".ci/bootstrap-uv.txt", ".ci/bootstrap-node.txt"]


@pytest.mark.django_db
def test_migrations_say_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


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
