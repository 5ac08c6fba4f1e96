"""What every test stands on: a data folder of its own, the real input, quick passwords.

DATABASE_URL and REDIS_URL choose PostgreSQL and Redis (`.ci/test` starts both); without them the tests
run as the embedded start does, on SQLite and the filesystem broker.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "sdgportal.settings"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="sdgportal-tests-")
os.environ["SECRET_KEY"] = "a key for the tests only"

from django.conf import settings

from tests.compose import compose_services

__all__ = ["compose_services"]
# The kernel is proved on a paper of the tests' own.
settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "tests.workflow.paperapp"]

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Leave out what costs time and is proved elsewhere: strong password hashes, hashed static names."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.STATIC_ROOT.mkdir()


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["DATA_DIR"], ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests that need servers to the run that has them, and those of folders alone to the other."""
    elsewhere = "folders" if "DATABASE_URL" in os.environ else "servers"
    left = [item for item in items if item.get_closest_marker(elsewhere)]
    items[:] = [item for item in items if not item.get_closest_marker(elsewhere)]
    config.hook.pytest_deselected(items=left)


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """Every test begins in Kazakh: a request in another language leaves its own behind."""
    from django.utils import translation  # noqa: PLC0415 - Django is not set up yet when this file is read

    with translation.override("kk"):
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real input: the classifier of territories and the official statistics."""
    folder = Path(os.environ.get("SHARED_DATA", REPOSITORY.parent / "shared" / "data")).resolve()
    if not folder.is_dir():
        pytest.skip(f"no real input at {folder}: set SHARED_DATA to its folder")
    return folder


@pytest.fixture
def data_dir(settings, tmp_path) -> Iterator[Path]:
    """An empty data folder for one test that looks at the files it leaves."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path
