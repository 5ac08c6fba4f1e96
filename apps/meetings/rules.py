"""Who may do what with meetings and protocols: the group's secretary and chair, and their substitutes."""

from __future__ import annotations

import rules

from apps.groups.models import Member
from apps.groups.rules import sits_as

MINUTES_SEATS = (Member.Capacity.SECRETARY, Member.Capacity.CHAIR)
keeps_minutes = sits_as(*MINUTES_SEATS)

rules.add_perm("meetings.plan_meeting", keeps_minutes)  # of a group
rules.add_perm("meetings.edit_protocol", keeps_minutes)  # of a protocol: the meeting with all its parts
rules.add_perm("meetings.sign_protocol", keeps_minutes)
rules.add_perm("meetings.publish_protocol", keeps_minutes)
rules.add_perm("meetings.register_protocol", keeps_minutes)  # retrospectively
