"""The roles: in which bodies each can be held, and those that are asked for together, under one name."""

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


# Who works for a body of a region or of a district, in whatever role.
REGIONAL = (Role.AKIMAT_STAFF, Role.AKIMAT_APPROVER, Role.DEPARTMENT_EXECUTOR, Role.DISTRICT_STAFF)
# Who keeps the papers of an akimat, of a region or of a district.
STAFF = (Role.AKIMAT_STAFF, Role.DISTRICT_STAFF)
# Who takes the steps of a region's list, and is told of them.
LIST_HANDLERS = (Role.AKIMAT_STAFF, Role.AKIMAT_APPROVER)
# Who submits a report, and is told what became of it.
REPORTERS = (*LIST_HANDLERS, Role.DISTRICT_STAFF)
MINISTRY = (Role.MINISTRY_REVIEWER, Role.MINISTRY_ADMINISTRATOR)
# Who reads the country's papers once they were sent on; the auditor reads them all.
NATIONAL_READERS = (*MINISTRY, Role.WORKING_BODY)
NATIONAL = (*NATIONAL_READERS, Role.AUDITOR)


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
