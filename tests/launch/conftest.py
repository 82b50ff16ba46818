import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine can enter; pytest's own is closed to all but one."""
    folder = make_open_folder()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def make_open_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
    folder.chmod(0o755)
    return folder
