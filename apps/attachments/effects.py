"""What a step of a paper does with the scan that came with it."""

from __future__ import annotations

from typing import Any

from django import forms

from apps.attachments.forms import AttachmentField
from apps.attachments.models import Attachment


class KeepScan:
    """The effect that keeps the scan of a step, and the field by which the step's form asks for it."""

    def fields(self) -> dict[str, forms.Field]:
        return {"scan": AttachmentField(required=False)}

    def prepare(self, data: dict[str, Any]) -> dict[str, Any]:
        """Store the scan before the step's transaction; what was stored before stays as it is."""
        scan = data.get("scan")
        if not scan or isinstance(scan, Attachment):
            return data
        return {**data, "scan": Attachment.objects.store(scan)}

    def __call__(self, deed: Any) -> None:
        """Attach `deed.data["scan"]`, where one was given, to the paper under the name of the step."""
        if scan := deed.data.get("scan"):
            Attachment.objects.attach(deed.paper, scan, purpose=deed.transition.name, user=deed.actor)


keep_scan = KeepScan()
