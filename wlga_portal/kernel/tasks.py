"""The kernel's jobs, for the queue to find."""

from . import exports, files, frozen
from .notify import notices, tasks

__all__ = ["exports", "files", "frozen", "notices", "tasks"]
