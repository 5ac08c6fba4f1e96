"""Names of regions in narrow places."""

from django import template

register = template.Library()

MIN_STEM = 2
SOFT_HYPHEN = "\u00ad"
BREAKS = ("динская", "уская", "ская", "танай", "ғанды", "орда", "стан", "кент", "ғыстау", "тау", "дар", "был")


@register.filter
def soft_hyphens(name: str) -> str:
    """Let a long name break between its parts: browsers know no hyphens for it in a tile."""
    for suffix in BREAKS:
        if name.endswith(suffix) and len(name) > len(suffix) + MIN_STEM:
            return f"{name.removesuffix(suffix)}{SOFT_HYPHEN}{suffix}"
    return name
