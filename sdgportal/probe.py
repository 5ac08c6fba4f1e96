"""Ask the portal how it is, for container health checks: `python -m sdgportal.probe ADDRESS [CHECK]`.

Exits 0 when the address answers 200, or, where a check of /readyz is named, when that one is ok. Needs no
Django, so that asking costs nothing.
"""

import json
import sys
import urllib.error
import urllib.request

# Whoever asks stands beside the portal: the way out through a proxy, where the environment names one, is not
# the way to it.
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def is_well(address: str, check: str = "", *, patience: float = 5) -> bool:
    """Ask once; False where nobody answers in time."""
    try:
        with DIRECTLY.open(address, timeout=patience) as answer:
            status, body = answer.status, answer.read()
    except urllib.error.HTTPError as error:
        status, body = error.code, error.read()
    except OSError:
        return False
    return json.loads(body)[check] == "ok" if check else status == 200  # noqa: PLR2004 (HTTP's OK)


if __name__ == "__main__":
    sys.exit(0 if is_well(*sys.argv[1:]) else 1)
