"""The canonical form of a snapshot, so that the same paper always has the same fingerprint."""

import hashlib
import json
from typing import Any

SCHEMA = 1


def canonical(snapshot: dict[str, Any]) -> str:
    """Return the snapshot as one UTF-8 JSON text with sorted keys and no spaces."""
    return json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(snapshot: dict[str, Any]) -> str:
    """Return the sha256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(snapshot).encode()).hexdigest()
