"""What a line of any paper carries so that two people never overwrite each other unnoticed."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class Line(models.Model):
    """A line of a paper: `version` grows with every change; when and whose the last one was.

    The paper of the lines has `version` and `is_editable`, as `workflow.Paper` does.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True
