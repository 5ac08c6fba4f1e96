"""Meetings of a working group, their protocols, and decisions that act (points 6 and 7)."""

from apps.meetings.models.meeting import AgendaItem, Attendance, Meeting
from apps.meetings.models.protocol import Decision, Protocol

__all__ = ["AgendaItem", "Attendance", "Decision", "Meeting", "Protocol"]
