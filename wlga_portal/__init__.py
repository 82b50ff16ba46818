"""The portal of the WLGA digital programme."""

VERSION = "0.1.0"  # as in pyproject.toml and CHANGELOG.md
