"""How static files are stored for production: hashed names, also where one script imports another."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Only hashed names are kept, so a script must find its modules by theirs."""

    support_js_module_import_aggregation = True
