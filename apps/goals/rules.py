"""Operators keep the catalogue; official statistics are read and never typed."""

from apps.accounts.rules import is_operator, permit

permit(
    {
        "goals.goal": ("view", "change"),
        "goals.target": ("view", "add", "change"),
        "goals.indicator": ("view", "add", "change"),
        "goals.series": ("view", "add", "change"),
        "goals.observation": ("view",),
    },
    is_operator,
)
