"""A store whose files are whole or absent, whatever happens to the power while one is written."""

import os
import stat
import uuid
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

NEW_FILE = 0o666  # as far as the umask lets


class WholeFileStorage(FileSystemStorage):
    """Write to a temporary name, flush to the disk, rename: a reader never sees half a paper."""

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content.read(), mode=self.file_permissions_mode or 0o640)
        return name

    def put_back(self, name: str, content: File) -> None:
        """Store the content under this very name, whatever is there."""
        self._save(name, content)


def write_whole(target: Path, content: bytes, mode: int | None = None) -> None:
    """Put the content under the name at once, with its folder's entry on the disk too.

    Without a mode, a file that is there keeps its own, and a new one has that of the umask.
    """
    if mode is None and target.exists():
        mode = stat.S_IMODE(target.stat().st_mode)
    temporary = target.with_name(f".{uuid.uuid4().hex}")
    try:
        with open(temporary, "xb", opener=lambda path, flags: os.open(path, flags, mode or NEW_FILE)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
