"""How the list of projects is narrowed."""

from .projects import (
    ALL,
    NOT_PUBLISHED,
    FilterForm,
    ProjectFilter,
)

__all__ = [
    "ALL",
    "NOT_PUBLISHED",
    "FilterForm",
    "ProjectFilter",
]
