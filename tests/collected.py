"""Static files as production has them: collected, with hashed names and nothing beside them."""

import pytest
from django.core.management import call_command


@pytest.fixture
def collected(settings, tmp_path):
    """Collect the files under the product's own storage, and return their folder."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "sdgportal.storage.StaticStorage"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    return settings.STATIC_ROOT
