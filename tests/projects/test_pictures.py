"""Pictures of posts: checked by content, described in both languages, served to whoever may read the post."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from projects import actions
from projects.demo_posts import wall
from projects.models import Picture
from tests.factories.people import person
from tests.factories.posts import PictureFactory, PostFactory
from wlga_portal.kernel.pictures import checked
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
POST = "/en/projects/working-in-the-open/posts/maps/"
ALT = {"alt_en": "A wall", "alt_cy": "Wal"}


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def upload(content: bytes = b"", name: str = "wall.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or wall(), content_type="image/png")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def post():
    return PostFactory(slug_en="maps", slug_cy="mapiau", body_en="![](picture:1)", body_cy="![](picture:1)")


@pytest.fixture
def team(client):
    user = person(Role.TEAM)
    client.force_login(user, backend=BACKEND)
    return user


def test_a_picture_is_added_shown_and_served(client, post, team, folder):
    answer = client.post(f"{POST}pictures/add/", {**ALT, "file": upload()}, follow=True)
    assert "Picture 1 is added. To show it, put ![](picture:1) on a line of its own in the text." in text_of(answer)
    picture = Picture.objects.get()
    assert (picture.number, picture.kind, picture.width, picture.height) == (1, "png", 660, 260)
    actions.post_advance(post, "publish", by=team)
    client.logout()
    english = text_of(client.get(POST))
    assert f'<img src="{POST}pictures/1/" alt="A wall" width="660" height="260" loading="lazy">' in english
    welsh = text_of(client.get("/cy/prosiectau/gweithio-yn-agored/blogbostiau/mapiau/"))
    assert 'src="/cy/prosiectau/gweithio-yn-agored/blogbostiau/mapiau/lluniau/1/" alt="Wal"' in welsh
    served = client.get(f"{POST}pictures/1/")
    assert (served.headers["Content-Type"], served.headers["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert served.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert served.headers["Cache-Control"] == "public, max-age=3600"
    assert b"".join(served.streaming_content) == wall()
    assert [path.suffix for path in (folder / "pictures").iterdir()] == [".png"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"alt_cy": " "}, "Say in Welsh what the picture shows."),
        ({"alt_en": ""}, "Say in English what the picture shows."),
        ({"file": ""}, "Choose a file for “Picture”."),
        ({"file": lambda: upload(b"<svg onload='alert(1)'/>")}, "Choose a picture of the kind PNG or JPEG."),
        ({"file": lambda: upload(wall()[:200])}, "This file is damaged or is not a picture."),
    ],
)
def test_a_picture_without_its_description_or_of_another_kind_is_refused(client, post, team, folder, changes, sentence):
    given = {name: value() if callable(value) else value for name, value in changes.items()}
    answer = client.post(f"{POST}pictures/add/", {**ALT, "file": upload(), **given})
    assert sentence in text_of(answer)
    assert not Picture.objects.exists()
    assert not (folder / "pictures").exists()


def test_a_picture_of_a_draft_is_for_the_team_alone(client, post, team):
    actions.picture_add(post, checked(wall()), alt=("A wall", "Wal"), by=team)
    served = client.get(f"{POST}pictures/1/")
    assert served.status_code == 200
    assert "no-store" in served.headers["Cache-Control"]
    assert b"".join(served.streaming_content) == wall()
    client.logout()
    assert client.get(f"{POST}pictures/1/").status_code == 404
    client.force_login(person(Role.OFFICER), backend=BACKEND)
    assert client.get(f"{POST}pictures/1/").status_code == 404
    assert client.get(f"{POST}pictures/2/").status_code == 404


def test_the_description_is_changed(client, post, team):
    picture = actions.picture_add(post, checked(wall()), alt=("A wall", "Wal"), by=team)
    assert 'alt="A wall"' in text_of(client.get(f"{POST}pictures/1/edit/"))
    assert "Say in Welsh" in text_of(client.post(f"{POST}pictures/1/edit/", {"alt_en": "Notes", "alt_cy": ""}))
    client.post(f"{POST}pictures/1/edit/", {"alt_en": "Notes", "alt_cy": "Nodiadau"})
    picture.refresh_from_db()
    assert (picture.alt_en, picture.alt_cy) == ("Notes", "Nodiadau")


def test_a_picture_goes_with_its_file_unless_a_text_shows_it(client, post, team, folder):
    actions.picture_add(post, checked(wall()), alt=("A wall", "Wal"), by=team)
    refused = client.post(f"{POST}pictures/1/remove/", follow=True)
    assert "The text shows this picture: take it out of the text first." in text_of(refused)
    with pytest.raises(Refused):
        actions.picture_remove(Picture.objects.get(), by=team)
    type(post).objects.update(body_en="", body_cy="")
    answer = client.post(f"{POST}pictures/1/remove/", follow=True)
    run_jobs()
    assert "The picture is removed." in text_of(answer)
    assert not Picture.objects.exists()
    assert list((folder / "pictures").iterdir()) == []
    assert client.get(f"{POST}pictures/1/remove/").status_code in {404, 405}


def test_a_number_is_not_given_twice_and_a_missing_file_is_404(client, post, team):
    for number in (1, 2):
        assert actions.picture_add(post, checked(wall()), alt=("A", "B"), by=team).number == number
    lost = PictureFactory(post=post, number=9)
    assert client.get(f"{POST}pictures/9/").status_code == 404
    assert str(lost).endswith("/9")


def test_only_the_team_touches_pictures(client, post):
    PictureFactory(post=post, number=1)
    post = type(post).objects.get()
    type(post).objects.update(status="published", published_at=timezone.now())
    stranger = person(Role.OFFICER)
    for path in ("add/", "1/edit/", "1/remove/"):
        client.logout()
        assert client.post(f"{POST}pictures/{path}", ALT).url.startswith("/en/account/sign-in/")
        client.force_login(stranger, backend=BACKEND)
        assert client.post(f"{POST}pictures/{path}", ALT).status_code == 403
    with pytest.raises(NotAllowed):
        actions.picture_add(post, checked(wall()), alt=("A", "B"), by=stranger)
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("picture_number_once", lambda: PictureFactory(post=(one := PictureFactory()).post, number=one.number)),
        ("picture_number_from_one", lambda: PictureFactory(number=0)),
        ("picture_described_in_both", lambda: PictureFactory(alt_cy="")),
        ("picture_kind_known", lambda: PictureFactory(kind="gif")),
        ("picture_has_sides", lambda: PictureFactory(width=0)),
    ],
)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()
