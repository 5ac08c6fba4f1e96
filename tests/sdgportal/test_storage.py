"""Scripts find their modules under hashed names: those are all that production keeps."""

import re

import pytest
from django.core.management import call_command

from tests.collected import collected

__all__ = ["collected"]
IMPORT = re.compile(r"""(?:\bimport\b|\bfrom\b)\s*["'](?P<target>\.{1,2}/[^"']+)["']""")

pytestmark = pytest.mark.embedded


def imports(folder):
    """Every import of every script: the file that asks and the file that it would get."""
    for script in sorted((folder / "js").rglob("*.js")):
        for found in IMPORT.finditer(script.read_text()):
            yield script, (script.parent / found["target"]).resolve()


def test_every_import_names_a_file_that_is_there(collected):
    asked = list(imports(collected))
    assert len({script.name.split(".")[0] for script, _target in asked}) >= 4
    assert [(script.name, target.name) for script, target in asked if not target.is_file()] == []


def test_imports_would_be_lost_without_the_product_s_storage(collected, settings):
    """Negative control: whitenoise's own storage leaves the plain names, which production does not keep."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    settings.STATIC_ROOT = collected.parent / "without"
    call_command("collectstatic", interactive=False, verbosity=0)
    assert [target.name for _script, target in imports(settings.STATIC_ROOT) if not target.is_file()]
