"""The type of a file is found by the wheel's own library, whatever the machine has."""

import subprocess
import sys

import pytest
from django.conf import settings

from wlga_portal.kernel.file_types import type_of

# As on a bare Debian: no program and no cache tells Python where a library of the system is.
BARE = """
import ctypes.util
ctypes.util.find_library = lambda name: None
from wlga_portal.kernel.file_types import type_of
print(type_of(b"%PDF-1.7"), *[line.split()[-1] for line in open("/proc/self/maps") if "libmagic.so" in line][:1])
"""


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00", "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01", "image/jpeg"),
        (b"\x00\x01\x02\x03nothing known", "application/octet-stream"),
        (b"", "application/x-empty"),
    ],
)
def test_the_type_is_found_from_the_first_bytes(head, found):
    assert type_of(head) == found


def test_it_is_found_where_the_system_has_no_library_of_its_own():
    done = subprocess.run(
        [sys.executable, "-c", BARE], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    kind, loaded = done.stdout.split()
    assert kind == "application/pdf"
    assert loaded.rpartition("/")[0].endswith("/pylibmagic")
