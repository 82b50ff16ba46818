"""What stands for a session: a reference made by the portal, kept by the portal, and no use to whoever makes one up."""

import math
import secrets

import pytest
from django.contrib.sessions.backends import base
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.test import Client

from accounts.roles import Role
from tests.factories.people import person

pytestmark = pytest.mark.django_db
COOKIE = "portal_session"
PAGE = "/en/account/"


def begun(user) -> Client:
    made = Client()
    made.force_login(user)
    return made


def test_each_session_has_a_key_of_its_own_that_nobody_guesses():
    user = person(Role.OFFICER)
    keys = [begun(user).cookies[COOKIE].value for _time in range(20)]
    assert len(set(keys)) == 20
    for key in keys:
        assert set(key) <= set(VALID_KEY_CHARS)
        assert len(key) * math.log2(len(VALID_KEY_CHARS)) >= 128
    assert base.get_random_string.__globals__["secrets"] is secrets  # from the generator of the system


def test_a_session_that_the_portal_did_not_begin_is_nobodys():
    real = begun(person(Role.OFFICER, name="Ann"))
    key = real.cookies[COOKIE].value
    assert "Ann" in real.get(PAGE).content.decode()
    for other in ("a" * 32, key[:-1] + ("a" if key[-1] != "a" else "b"), "", "1", key.upper() + "x"):
        stranger = Client()
        stranger.cookies[COOKIE] = other
        assert stranger.get(PAGE).status_code == 302
    real.post("/en/account/sign-out/")
    late = Client()
    late.cookies[COOKIE] = key  # what was ended here is no session, whoever still has its key
    assert late.get(PAGE).status_code == 302
