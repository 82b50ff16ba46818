"""The kernel's jobs, for the queue to find."""

from . import exports, frozen
from .notify import notices, tasks

__all__ = ["exports", "frozen", "notices", "tasks"]
