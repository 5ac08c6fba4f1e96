"""Names of regions break where a reader would break them."""

import pytest

from apps.portal.templatetags.regions import soft_hyphens

pytestmark = pytest.mark.embedded


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("Костанайская", "Кос-та-най-ская"),
        ("Карагандинская", "Ка-ра-ган-дин-ская"),
        ("Атырауская", "Аты-рау-ская"),
        ("Қызылорда", "Қы-зы-лорда"),
        ("Шымкент", "Шым-кент"),
        ("Абай", "Абай"),
        ("ВКО", "ВКО"),
    ],
)
def test_name_breaks_between_its_syllables(name, broken):
    assert soft_hyphens(name).replace("\u00ad", "-") == broken
