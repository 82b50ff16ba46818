"""How the list of projects is narrowed."""

from .projects import (
    ALL,
    NOT_PUBLISHED,
    ByName,
    ByNameFilter,
    ByTitleFilter,
    FilterForm,
    ProjectFilter,
)

__all__ = [
    "ALL",
    "NOT_PUBLISHED",
    "ByName",
    "ByNameFilter",
    "ByTitleFilter",
    "FilterForm",
    "ProjectFilter",
]
