"""A person moves: roles end, others begin, the work is handed on. A person who left is erased: no table keeps them."""

import io
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.actions.erasing import erase_account
from accounts.actions.memberships import CannotBe, close_account, give_role
from accounts.actions.moving import move_person
from accounts.erasing import belonging
from accounts.models import AccessReview, Consent, Membership, User
from accounts.roles import Role
from tests.factories.kernel import ExportFactory
from tests.factories.people import (
    AccessReviewFactory,
    AddressChangeFactory,
    BodyFactory,
    ConsentFactory,
    CouncilFactory,
    MembershipFactory,
    UserFactory,
    ViewingFactory,
    person,
)
from training.actions import learner_of
from training.models import Erasure, Learner
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.versions import save_draft

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = timedelta(days=1)


@pytest.fixture
def admin() -> User:
    return person(Role.ADMINISTRATOR, organisation=BodyFactory(), name="Nia Admin")


@pytest.fixture
def old() -> Any:
    return CouncilFactory(name_en="Oldshire")


@pytest.fixture
def new() -> Any:
    return CouncilFactory(name_en="Newshire")


@pytest.fixture
def mover(old) -> User:
    return person(Role.OFFICER, Role.COORDINATOR, organisation=old, name="Mari Symud", email="mari@example.org")


def held(user: User, day: date) -> set[tuple[str, str]]:
    rows = Membership.objects.on(day).filter(user=user).select_related("organisation")
    return {(one.role, one.organisation.name.en) for one in rows}


def move_url(user: User, name: str = "move") -> str:
    return f"/en/account/person/{user.public_id}/{name}/"


def days(day: date) -> dict[str, str]:
    return {"starts_day": str(day.day), "starts_month": str(day.month), "starts_year": str(day.year)}


def test_an_administrator_notes_a_move_and_the_heir_finds_the_roles(client, admin, mover, old, new):
    heir = person(Role.OFFICER, organisation=old, name="Huw Etifedd")
    moves = TODAY() + 7 * DAY
    client.force_login(admin)
    page = client.get(f"/en/account/person/{mover.public_id}/").content.decode()
    assert move_url(mover) in page
    shown = client.get(move_url(mover)).content.decode()
    assert "Council officer, Oldshire" in shown
    assert "Huw Etifedd" in shown
    sent = {
        "leaving": [one.pk for one in mover.memberships.all()], "heir": heir.pk, "organisation": new.pk,
        "roles": [Role.OFFICER, Role.DIGITAL_LEAD], **days(moves),
    }  # fmt: skip
    answer = client.post(move_url(mover), sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/en/account/person/{mover.public_id}/")
    assert held(mover, moves - DAY) == {("officer", "Oldshire"), ("coordinator", "Oldshire")}
    assert held(mover, moves) == {("officer", "Newshire"), ("digital_lead", "Newshire")}
    assert held(heir, moves - DAY) == {("officer", "Oldshire")}
    assert held(heir, moves) == {("officer", "Oldshire"), ("coordinator", "Oldshire")}
    assert Membership.objects.filter(user=heir, role=Role.OFFICER).count() == 1  # they held it already
    run_jobs()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"leaving": []}, "Roles that end"),
        ({"roles": []}, "Roles there"),
        (days(TODAY()), "The day of the move is tomorrow or later."),
        ({"organisation": "0"}, "Where the person goes"),
    ],
)
def test_a_move_that_cannot_be_says_why_and_changes_nothing(client, admin, mover, old, new, wrong, sentence):
    client.force_login(admin)
    right = {
        "leaving": [one.pk for one in mover.memberships.all()], "organisation": new.pk, "roles": [Role.OFFICER],
        **days(TODAY() + DAY),
    }  # fmt: skip
    answer = client.post(move_url(mover), right | wrong)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert held(mover, TODAY() + 9 * DAY) == {("officer", "Oldshire"), ("coordinator", "Oldshire")}


def test_a_move_is_made_whole_or_not_at_all(client, admin, mover, old):
    """A body has no officers: what had ended by then stands again."""
    body, starts = BodyFactory(), TODAY() + DAY
    client.force_login(admin)
    leaving = list(mover.memberships.all())
    sent = {"leaving": [one.pk for one in leaving], "organisation": body.pk, "roles": [Role.OFFICER], **days(starts)}
    answer = client.post(move_url(mover), sent)
    assert "is a role of councils alone" in answer.content.decode()
    closed = UserFactory(is_active=False, name="Gone")
    with pytest.raises(CannotBe, match="account of this person is closed"):
        move_person(mover, by=admin, leaving=leaving, organisation=body, roles=[Role.TEAM], starts=starts, heir=closed)
    assert held(mover, starts) == {("officer", "Oldshire"), ("coordinator", "Oldshire")}


def test_a_deputys_place_ends_and_is_not_inherited(admin, mover, old, new):
    principal = person(Role.FINANCE, organisation=old)
    until = TODAY() + 30 * DAY
    deputy = MembershipFactory(
        user=mover, organisation=old, role=Role.FINANCE, deputy_for=principal.memberships.get(), ends=until
    )
    heir = person(Role.OFFICER, organisation=old)
    move_person(
        mover, by=admin, leaving=[deputy], organisation=new, roles=[Role.OFFICER], starts=TODAY() + DAY, heir=heir
    )
    assert ("finance", "Oldshire") not in held(mover, TODAY() + DAY) | held(heir, TODAY() + DAY)


def test_only_administrators_find_the_pages_and_never_for_themselves(client, admin, mover, old):
    gone = UserFactory(is_active=False)
    others = [person(role, organisation=old) for role in (Role.OFFICER, Role.DIGITAL_LEAD, Role.TEAM)]
    for user in others:
        stranger = Client()
        stranger.force_login(user)
        for path in (move_url(mover), move_url(gone, "erase")):
            assert stranger.get(path).status_code == stranger.post(path).status_code == 404
    assert Client().get(move_url(mover)).status_code == 302
    client.force_login(admin)
    assert client.get(move_url(admin)).status_code == 404
    assert client.get(move_url(gone)).status_code == 404
    assert client.get(move_url(gone, "erase")).status_code == 200
    assert client.get(move_url(mover, "erase")).status_code == 404
    demo = UserFactory(is_active=False, demo_slug="x", email="x@example.org")
    assert client.get(move_url(demo, "erase")).status_code == 404


NAME, ADDRESS, SUBJECT = "Zephaniah Quill", "zephaniah@quill.example", "oid-of-zephaniah"


@pytest.fixture
def leaver(admin, old) -> User:
    """Somebody of whom every table of their own knows, who reviewed the role of another, and has left."""
    user = person(Role.DIGITAL_LEAD, organisation=old, name=NAME, email=ADDRESS)
    learner_of(user)
    SocialAccount.objects.create(user=user, provider="oldshire", uid=SUBJECT, extra_data={"name": NAME})
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    UserSession.objects.create(user=user, session_key="k", ip="127.0.0.1", user_agent="Quill’s browser")
    save_draft(user, "accounts.note", {"text": NAME})
    AddressChangeFactory(user=user, old_email=ADDRESS, new_email="zq@quill.example")
    AccessReviewFactory(by=user)
    ViewingFactory(consent=ConsentFactory(user=user), by=admin)
    give_role(by=admin, organisation=old, email=ADDRESS, role=Role.FINANCE, starts=TODAY(), ends=None)
    run_jobs()
    close_account(user, by=admin, why="left")
    user.refresh_from_db()
    return user


def tables_with(words: str) -> set[str]:
    """Every table in which a text stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = set()
        for table in tables:
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}" AS t WHERE t::text ILIKE %s)', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_an_erased_person_stands_in_no_table_and_what_they_did_stays(client, admin, leaver):
    assert {"accounts_user", "socialaccount_socialaccount", "accounts_addresschange"} <= tables_with("zephaniah")
    client.force_login(admin)
    path = move_url(leaver, "erase")
    assert "This cannot be taken back." in client.get(path).content.decode()
    assert client.post(path).status_code == 422
    review = AccessReview.objects.get()
    answer = client.post(path, {"sure": "on"}, follow=True)
    page = answer.content.decode()
    assert "Erased person" in page
    assert "erased.invalid" not in page
    for words in ("zephaniah", "quill", SUBJECT):
        assert tables_with(words) == set(), words
    for model in (SocialAccount, Authenticator, UserSession, Consent):
        assert not model.objects.filter(user=leaver).exists()
    review.refresh_from_db()
    assert (review.by_id, str(review.by)) == (leaver.pk, "Erased person")
    assert Membership.objects.filter(user=leaver).count() == 2  # that somebody held the roles stays
    assert Learner.objects.filter(user=leaver).count() == 0
    assert Erasure.objects.get().reason == "asked"
    assert client.get(path).status_code == 404
    client.post(f"/en/account/person/{leaver.public_id}/", {"reopen": "1"})
    assert not User.objects.get(pk=leaver.pk).is_active


def test_the_files_that_were_made_for_an_erased_person_go_with_them(admin, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = UserFactory(is_active=False)
    ExportFactory(asker=user)  # not made yet: there is no file
    made = ExportFactory(asker=user)
    made.file.save("people.csv", ContentFile(b"Zephaniah"))
    path = Path(made.file.path)
    assert path.exists()
    erase_account(user, by=admin)
    run_jobs()
    assert not path.exists()
    assert not user.exports.exists()


def test_whoever_is_here_or_invented_is_not_erased(admin, mover):
    with pytest.raises(CannotBe, match="Close the account first"):
        erase_account(mover, by=admin)
    invented = UserFactory(is_active=False, demo_slug="y", email="y@example.org")
    with pytest.raises(CannotBe, match="invented"):
        erase_account(invented, by=admin)


def test_what_falls_with_a_person_is_what_is_theirs():
    names = {f"{model._meta.app_label}.{model.__name__}" for model, _field in belonging()}
    assert {
        "socialaccount.SocialAccount", "mfa.Authenticator", "usersessions.UserSession", "kernel.Draft", "kernel.Export",
        "kernel.Notification", "board.Note", "board.ReadMark", "accounts.Consent", "accounts.AddressChange",
    } <= names  # fmt: skip
    assert not {"accounts.Membership", "accounts.AccessReview", "fund.Assessment"} & names


def test_the_erased_are_listed_and_erased_again_after_a_backup_was_brought_back(admin, leaver, monkeypatch):
    erase_account(leaver, by=admin)
    out = io.StringIO()
    call_command("erase_person", stdout=out)
    assert out.getvalue() == f"{leaver.public_id}\n"
    User.objects.filter(pk=leaver.pk).update(email=ADDRESS, name=NAME, is_active=True)  # as the backup had it
    for options, left in (({"dry_run": True}, ADDRESS), ({}, f"{leaver.public_id}@erased.invalid")):
        monkeypatch.setattr(sys, "stdin", io.StringIO(out.getvalue()))
        call_command("erase_person", again=True, stdout=io.StringIO(), **options)
        leaver.refresh_from_db()
        assert leaver.email == left
    monkeypatch.setattr(sys, "stdin", io.StringIO("somebody@example.org\n"))
    with pytest.raises(CommandError, match="public id"):
        call_command("erase_person", again=True)


def test_the_pages_are_in_welsh_too(client, admin, mover, old):
    client.force_login(admin)
    page = client.get(f"/cy/cyfrif/person/{mover.public_id}/symud/").content.decode()
    assert "Symud i le arall" in page
    assert f"Swyddog cyngor, {old.name.cy}" in page
    gone = UserFactory(is_active=False)
    assert "Ni ellir dadwneud hyn." in client.get(f"/cy/cyfrif/person/{gone.public_id}/dileu/").content.decode()
