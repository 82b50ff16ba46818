"""The settings refuse a demonstration that others could reach."""

import ast
import os
import subprocess
import sys

import pytest
from django.conf import settings


def reading(**environment: str) -> "subprocess.CompletedProcess[str]":
    """The settings read by a process of their own, with these variables."""
    return subprocess.run(
        [sys.executable, "-c", "import wlga_portal.settings as read; print(read.DEMO)"],
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "192.0.2.1", "portal.example.org"])  # noqa: S104  refused
def test_the_demonstration_is_refused_where_the_address_is_not_loopback(address):
    done = reading(PORTAL_DEMO="1", PORTAL_LISTEN=address)
    assert done.returncode != 0
    assert f"it needs a loopback address; PORTAL_LISTEN is {address}." in done.stderr


def test_the_demonstration_runs_on_a_loopback_address():
    assert reading(PORTAL_DEMO="1", PORTAL_LISTEN="127.0.0.1").stdout == "True\n"
    assert reading(PORTAL_DEMO="", PORTAL_LISTEN="127.0.0.1").stdout == "False\n"


def test_the_web_server_refuses_to_take_the_demonstration_further():
    command = [sys.executable, "-m", "gunicorn", "--bind", "0.0.0.0:0", "wlga_portal.wsgi"]  # refused before it binds
    done = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, "PORTAL_DEMO": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode != 0
    assert "0.0.0.0 is not a loopback address." in done.stderr


def said(expression: str, storages: str = "object()", **environment: str) -> "subprocess.CompletedProcess[str]":
    """What the settings say of themselves with these variables, in a process that has django-storages or (None) not."""
    code = (
        "import sys, types, importlib.util as u; found = u.find_spec\n"
        f"u.find_spec = lambda name, *more: {storages} if name == 'storages' else found(name, *more)\n"
        f"import wlga_portal.settings as read; print(({expression}))"
    )
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR, env={**os.environ, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_files_stand_in_a_private_bucket_where_one_is_named():
    done = said(
        "read.STORAGES['default']", PORTAL_S3_BUCKET="portal-files", PORTAL_S3_ENDPOINT="https://s3.example.org"
    )
    assert ast.literal_eval(done.stdout) == {
        "BACKEND": "wlga_portal.kernel.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": "portal-files",
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
            "endpoint_url": "https://s3.example.org",
        },
    }
    half = said("1", PORTAL_S3_BUCKET="portal-files", PORTAL_S3_KEY="key")
    assert "Set both PORTAL_S3_KEY and PORTAL_S3_SECRET, or neither." in half.stderr


def test_a_bucket_without_its_library_is_a_sentence():
    assert "install the extra `s3`" in said("1", "None", PORTAL_S3_BUCKET="portal-files").stderr


def test_a_replica_is_a_second_database_for_reading_and_none_for_the_owner():
    url = "postgresql://reader@replica.example.org:5433/portal"
    asked = "sorted(read.DATABASES), read.REPLICATED, getattr(read, 'DATABASE_ROUTERS', []), read.REPLICA_COOKIE"
    done = said(asked, DATABASE_REPLICA_URL=url)
    router = ["wlga_portal.kernel.replica.Router"]
    assert ast.literal_eval(done.stdout) == (["default", "replica"], True, router, "portal_wrote")
    owner = said(asked, DATABASE_REPLICA_URL=url, PORTAL_AS_OWNER="1")
    assert ast.literal_eval(owner.stdout) == (["default"], False, [], "portal_wrote")


def test_debugging_is_off_whatever_the_environment_says():
    assert said("read.DEBUG, read.TEMPLATES[0]['OPTIONS'].get('debug', False)", DEBUG="1", DJANGO_DEBUG="1").stdout in {
        "(False, False)\n", "False False\n",
    }  # fmt: skip


def test_the_figures_have_a_port_of_their_own(tmp_path):
    done = reading(PORTAL_METRICS_PORT="9100", PORT="9100")
    assert "Set PORTAL_METRICS_PORT to a port of its own" in done.stderr
    asked = "read.METRICS_PORT, __import__('os').environ['PROMETHEUS_MULTIPROC_DIR']"
    done = said(asked, PORTAL_METRICS_PORT="9100", PORT="8000", PORTAL_VAR=str(tmp_path))
    assert ast.literal_eval(done.stdout) == (9100, str(tmp_path / "metrics"))
