"""`make bench`: every bench in one run, or those whose module is named."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
import tempfile
from pathlib import Path

import django

NOT_BENCHES = {"__main__", "measure"}


def main(wanted: list[str]) -> int:
    """Print a line for each bench; the code is 1 where one missed its goal."""
    are_met = True
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATA_DIR": folder,
            "DJANGO_SETTINGS_MODULE": "sdgportal.settings",
            "LOG_LEVEL": "ERROR",
        }
        django.setup()
        from django.test.utils import (  # noqa: PLC0415 - Django has to be set up first
            setup_databases,
            setup_test_environment,
            teardown_databases,
        )

        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            for name in sorted(module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])):
                if name not in NOT_BENCHES and (not wanted or name in wanted):
                    for bench in importlib.import_module(f"tests.benchmarks.{name}").benches():
                        line, is_met = bench.run()
                        print(line, flush=True)
                        are_met = are_met and is_met
        finally:
            teardown_databases(databases, verbosity=0)
    return 0 if are_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
