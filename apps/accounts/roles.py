"""The roles, and in which bodies each can be held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.organisations.models import Organisation, Region


class Role(models.TextChoices):
    """What a person may do for an organisation; rights in a group follow from membership instead."""

    AKIMAT_STAFF = "akimat_staff", _("akimat staff")
    AKIMAT_APPROVER = "akimat_approver", _("akimat approver")
    DEPARTMENT_EXECUTOR = "department_executor", _("department executor")
    DISTRICT_STAFF = "district_staff", _("district staff")
    MINISTRY_REVIEWER = "ministry_reviewer", _("ministry reviewer")
    MINISTRY_ADMINISTRATOR = "ministry_administrator", _("ministry administrator")
    WORKING_BODY = "working_body", _("working body's officer")
    AUDITOR = "auditor", _("auditor (reads only)")
    OPERATOR = "operator", _("operator of the portal")


def fits(role: str, body: Organisation) -> bool:
    """Whether a role can be held in a body of that kind and rank."""
    kind, is_of_region = (
        Organisation.Kind,
        body.region is not None and body.region.kind in Region.REGION_KINDS,
    )
    match role:
        case Role.AKIMAT_STAFF | Role.AKIMAT_APPROVER:
            return body.kind == kind.AKIMAT and is_of_region
        case Role.DISTRICT_STAFF:
            return body.kind in Organisation.LOCAL_EXECUTIVE_KINDS and not is_of_region
        case Role.DEPARTMENT_EXECUTOR:
            return body.kind in {kind.DEPARTMENT, kind.TERRITORIAL_DEPARTMENT}
        case Role.MINISTRY_REVIEWER | Role.MINISTRY_ADMINISTRATOR:
            return body.kind == kind.MINISTRY
        case Role.WORKING_BODY:
            return body.kind == kind.COUNCIL_WORKING_BODY
    return body.region_id is None  # the auditor and the operator answer for the whole country
