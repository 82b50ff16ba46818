"""The kernel's jobs, for the queue to find."""

from .notify import notices, tasks

__all__ = ["notices", "tasks"]
