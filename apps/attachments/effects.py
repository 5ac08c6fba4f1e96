"""What a step of a paper does with the scan that came with it."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.attachments.forms import AttachmentField
from apps.attachments.models import Attachment


class KeepScan:
    """The effect that keeps the scan of a step, and the field by which the step's form asks for it.

    A scan may also come after the step: then it is kept beside the letter of the step.
    """

    may_follow = True

    def fields(self) -> dict[str, forms.Field]:
        return {"scan": AttachmentField(required=False)}

    def judge(self, paper: Any, given: dict[str, Any]) -> None:
        """Raise ValidationError before the step where the paper cannot take the scan in."""
        if given.get("scan"):
            Attachment.objects.refuse_too_many(paper)

    def prepare(self, data: dict[str, Any]) -> dict[str, Any]:
        """Store the scan before the step's transaction; what was stored before stays as it is."""
        scan = data.get("scan")
        if not scan or isinstance(scan, Attachment):
            return data
        return {**data, "scan": Attachment.objects.store(scan)}

    def __call__(self, deed: Any) -> None:
        """Attach `deed.data["scan"]`, where one was given, to the paper under the name of the step."""
        if scan := deed.data.get("scan"):
            kept = Attachment.objects.attach(deed.paper, scan, purpose=deed.transition.name, user=deed.actor)
            deed.kept.append(kept.name)


keep_scan = KeepScan()
