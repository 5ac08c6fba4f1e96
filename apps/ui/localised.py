"""The word of the current language out of a pair of fields."""

from typing import Any

from apps.ui.dates import spoken


def localised(row: Any, field: str, language: str | None = None) -> str:
    """Return `row.<field>_kk` or `row.<field>_ru` by language, the other one where that is empty."""
    wanted = spoken(language)
    other = "kk" if wanted == "ru" else "ru"
    return getattr(row, f"{field}_{wanted}") or getattr(row, f"{field}_{other}")
