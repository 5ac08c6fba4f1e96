"""The demonstration year: built through the workflow, as users would, on invented people and figures."""
