"""The kinds of bodies, and which of them a territory or the republic has only one of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """What an organisation is."""

    AKIMAT = "akimat", _("akimat")
    AKIM_APPARATUS = "akim_apparatus", _("akim's apparatus")
    DEPARTMENT = "department", _("department of the akimat")
    TERRITORIAL_DEPARTMENT = "territorial_department", _("territorial department")
    MINISTRY = "ministry", _("ministry")
    MONITORING_COMMITTEE = "monitoring_committee", _("Monitoring Committee")
    COUNCIL_WORKING_BODY = "council_working_body", _("working body of the Coordination Council")
    OTHER = "other", _("other organisation")


LOCAL_EXECUTIVE = (BodyKind.AKIMAT, BodyKind.AKIM_APPARATUS)
NATIONAL = (BodyKind.MINISTRY, BodyKind.MONITORING_COMMITTEE, BodyKind.COUNCIL_WORKING_BODY)
