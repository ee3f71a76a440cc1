"""What the engine and the recorder share about folders and the disks that hold them."""

from .folder_lock import FolderLock
from .space import DiskSpace

__all__ = ["DiskSpace", "FolderLock"]
