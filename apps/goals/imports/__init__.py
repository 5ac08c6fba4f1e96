"""Reading a folder in the Open SDG layout into validated rows, without touching the database."""

from apps.goals.imports.dataset import DataSet, read_opensdg

__all__ = ["DataSet", "read_opensdg"]
