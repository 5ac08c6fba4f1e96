"""Of all that npm brings, only the files on the list can ever be served."""

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from sdgportal.finders import VendorFinder


def test_every_file_of_the_list_is_installed_and_found():
    assert VendorFinder().check() == []
    for name in settings.VENDOR_FILES:
        assert finders.find(name).startswith(str(settings.NODE_MODULES))
    assert [name for name, _storage in VendorFinder().list([])] == list(settings.VENDOR_FILES)


def test_font_of_the_pages_has_the_letters_of_kazakh():
    """`cyrillic` alone lacks Ә Ғ Қ Ң Ө Ү Һ."""
    assert "vendor/onest/onest-cyrillic-ext-wght-normal.woff2" in settings.VENDOR_FILES


@pytest.mark.parametrize(
    "path",
    ["axe-core/axe.min.js", "vendor/onest/../../axe-core/axe.min.js", "@fontsource-variable/onest/index.css"],
)
def test_nothing_else_of_npm_is_found(path):
    assert VendorFinder().find(path) is None
    assert VendorFinder().find(path, find_all=True) == []


def test_papers_have_whole_fonts():
    weights = {path.stem for path in settings.PAPER_FONTS_DIR.rglob("*.ttf")}
    assert {"Tinos_400Regular", "Tinos_700Bold", "Tinos_400Regular_Italic"} <= weights
