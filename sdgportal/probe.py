"""Ask the portal how it is, for container health checks: `python -m sdgportal.probe ADDRESS [CHECK]`.

Exits 0 when the address answers 200, or, where a check of /readyz is named, when that one is ok. Needs no
Django, so that asking costs nothing.
"""

import json
import sys
import urllib.error
import urllib.request


def is_well(address: str, check: str = "") -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (ours, from docker-compose.yml)
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    except OSError:
        return False
    return json.loads(body)[check] == "ok" if check else status == 200  # noqa: PLR2004 (HTTP's OK)


if __name__ == "__main__":
    sys.exit(0 if is_well(*sys.argv[1:]) else 1)
