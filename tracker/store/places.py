"""A path -> whether it lies on a disk of another computer, where SQLite's locks cannot be trusted.

Two dashboards at one file over NFS or SMB may both believe they hold the lock, and destroy it together.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from tracker.store.errors import StoreError

MOUNTS = Path("/proc/self/mounts")  # Linux; elsewhere there is no such file and nothing is refused
_NETWORK = re.compile(r"nfs\d?|cifs|smb\w*|ncpfs|afs|davfs|fuse\.(sshfs|smbnetfs|davfs2?|curlftpfs|rclone)")
_OCTAL = re.compile(r"\\(\d{3})")


def refuse_network(path: Path) -> None:
    """Raises `network_disk` when the file is, or would be made, on a disk of another computer."""
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return
    if _NETWORK.fullmatch(file_system(path.resolve(), mounts)):
        raise StoreError(path, "network_disk")


def file_system(path: PurePath, mounts: str) -> str:
    """The kind of file system that holds an absolute path, by the lines of /proc/mounts; "" when none does.

    The deepest folder counts, and of two at one folder the later, which hides the other.
    """
    found, depth = "", 0
    for line in mounts.splitlines():
        _, folder, kind, *_ = line.split(" ")
        top = PurePath(_OCTAL.sub(lambda sign: chr(int(sign[1], 8)), folder))
        if path.is_relative_to(top) and len(top.parts) >= depth:
            found, depth = kind, len(top.parts)
    return found
