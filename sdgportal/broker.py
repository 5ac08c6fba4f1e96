"""The embedded broker: kombu's folders, made safe for a reader who comes while a message is being written.

Kombu opens a message under its final name and then writes it. A worker that looks in between reads nothing,
takes that for a broken message and ends, which at a few thousand messages a day happens about daily. Here a
message gets its name when it is whole.
"""

import time
import uuid
from pathlib import Path
from typing import Any

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        unfinished = folder / f"{name}.part"
        unfinished.write_bytes(str_to_bytes(dumps(payload)))
        unfinished.replace(folder / name)


class Transport(filesystem.Transport):
    Channel = Channel
