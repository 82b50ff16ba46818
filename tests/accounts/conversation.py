"""A visitor who signs in by a code, step by step."""

import re

from django.core import mail
from django.test import Client

from wlga_portal.kernel.queue import run_jobs

ASK, TYPE = "/en/account/sign-in/", "/en/account/sign-in/code/"


def ask(client: Client, email: str, path: str = ASK):
    """Ask for a code; the worker sends the mail."""
    answer = client.post(path, {"email": email})
    run_jobs()
    return answer


def code_in(body: str) -> str:
    return "".join(re.search(r"(\d{4}) (\d{4})", body).groups())


def last_code() -> str:
    return code_in(mail.outbox[-1].body)


def sign_in(client: Client, email: str, language: str = "en"):
    """The whole conversation; gives the answer to the right code."""
    path = ASK if language == "en" else "/cy/cyfrif/mewngofnodi/"
    answer = ask(client, email, path)
    return client.post(answer["Location"], {"code": last_code()})


def signed_in_as(client: Client):
    return client.session.get("_auth_user_id")
