"""The kernel's jobs, for the queue to find."""

from . import exports
from .notify import notices, tasks

__all__ = ["exports", "notices", "tasks"]
