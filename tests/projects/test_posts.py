"""Posts: written as drafts, published in both languages, edited without loss, withdrawn with a reason; who may."""

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.roles import Role
from projects import actions
from projects.models import Post, PostAuthor, PostProject, PostTag, Tag
from projects.states import POSTING, PostStatus
from tests.factories.people import CouncilFactory, person
from tests.factories.posts import PostAuthorFactory, PostFactory, PostProjectFactory, PostTagFactory, TagFactory
from tests.factories.projects import ProjectFactory
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused, WrongState

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIST, WELSH_LIST = "/en/projects/working-in-the-open/", "/cy/prosiectau/gweithio-yn-agored/"
WRITE = f"{LIST}write/"
TEXTS = {
    "title_en": "What we learnt",
    "title_cy": "Beth ddysgon ni",
    "summary_en": "Short.",
    "summary_cy": "Byr.",
    "body_en": "## First\n\nWords.",
    "body_cy": "## Cyntaf\n\nGeiriau.",
}


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def published(**fields: Any) -> Post:
    return PostFactory(status=PostStatus.PUBLISHED, published_at=timezone.now(), **fields)


@pytest.fixture
def team(client):
    user = person(Role.TEAM, name="Lowri Writer")
    client.force_login(user, backend=BACKEND)
    return user


# --- Writing --------------------------------------------------------------------------------------
def test_a_post_is_written_published_and_read_in_both_languages(client, team):
    tag, project = TagFactory(title_en="Research", title_cy="Ymchwil"), ProjectFactory(title_en="Maps")
    answer = client.post(
        WRITE, {**TEXTS, "authors": [team.pk], "tags": [tag.pk], "projects": [project.pk]}, follow=True
    )
    assert "The post is kept as a draft. Only the team sees it." in text_of(answer)
    post = Post.objects.get()
    assert (post.status, post.slug_en, post.slug_cy) == ("draft", "what-we-learnt", "beth-ddysgon-ni")
    assert [post.tags.get(), post.authors.get(), post.projects.get()] == [tag, team, project]
    client.logout()
    assert client.get(post.get_absolute_url()).status_code == 404
    client.force_login(team, backend=BACKEND)
    answer = client.post(f"{LIST}posts/what-we-learnt/move/publish/", {"why": ""}, follow=True)
    assert "Done: Publish the post." in text_of(answer)
    client.logout()
    english = text_of(client.get(f"{LIST}posts/what-we-learnt/"))
    assert '<h2 class="govuk-heading-m">First</h2>' in english
    assert "By Lowri Writer" in english
    assert "Maps" in english
    assert "Edit the post" not in english
    welsh = text_of(client.get(f"{WELSH_LIST}blogbostiau/beth-ddysgon-ni/"))
    assert '<h2 class="govuk-heading-m">Cyntaf</h2>' in welsh
    assert "Gan Lowri Writer" in welsh
    assert "Ymchwil" in welsh
    assert "What we learnt" in text_of(client.get(LIST))
    assert "Beth ddysgon ni" in text_of(client.get("/cy/"))
    assert "What we learnt" in text_of(client.get(f"/en/projects/{project.slug_en}/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title_en": "", "title_cy": " "}, "Write a title, in either language."),
        ({"authors": []}, "Choose an answer to “Authors”."),
        ({"body_en": "![](picture:1)"}, "There is no picture 1."),
        ({"body_cy": "![x](https://example.org/x.png)"}, "Only pictures that were added here can be shown"),
        ({"title_en": "x" * 201}, "200"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_nothing_is_kept_or_lost(client, team, changes, sentence):
    answer = text_of(client.post(WRITE, {**TEXTS, "authors": [team.pk], "summary_en": "typed", **changes}))
    assert sentence in answer
    assert "typed" in answer
    assert not Post.objects.exists()


def test_a_draft_may_be_in_one_language_and_is_not_published_so(client, team):
    half = {**TEXTS, "title_cy": "", "summary_cy": "", "body_cy": "", "authors": [team.pk]}
    page = text_of(client.post(WRITE, half, follow=True))
    assert "Before it can be published:" in page
    assert "“Title” has no Welsh text." in page
    post = Post.objects.get()
    assert post.slug_cy == "what-we-learnt"
    answer = text_of(client.post(f"{LIST}posts/what-we-learnt/move/publish/", {"why": ""}))
    assert "“Text” has no Welsh text." in answer
    assert Post.objects.get().status == "draft"
    welsh = text_of(client.get(f"{WELSH_LIST}blogbostiau/what-we-learnt/"))
    assert '<article class="portal-post" lang="en">' in welsh


def test_a_side_that_is_behind_the_other_is_not_published(team):
    post = PostFactory()
    Post.objects.filter(pk=post.pk).update(body_en="New words.")
    post = Post.objects.get()
    assert actions.post_gaps(post) == ["The Welsh of “Text” is behind the English."]
    with pytest.raises(Refused, match="behind the English"):
        actions.post_advance(post, "publish", by=team)


def test_what_is_typed_is_kept_by_the_way_and_dropped_when_saved(client, team):
    post = PostFactory(slug_en="maps")
    for address, key in (
        (f"{WRITE}draft/", "projects.post:new"),
        (f"{LIST}posts/maps/edit/draft/", actions.post_key(post)),
    ):
        assert client.post(address, {"body_en": "half", "other": "x"}).json() == {"saved": True}
        assert load_draft(team, key).data == {"body_en": "half"}
        page = text_of(client.get(address.removesuffix("draft/")))
        assert "half</textarea>" in page
        assert "Your draft of" in page
        switched = client.post(address.removesuffix("draft/"), {"body_en": "half again", "_switch": "cy"})
        assert switched.url.startswith(WELSH_LIST)
        assert "half again</textarea>" in text_of(client.get(switched.url))
    client.post(WRITE, {**TEXTS, "authors": [team.pk]})
    client.post(f"{LIST}posts/maps/edit/", {**TEXTS, "authors": [team.pk], "version": post.version})
    assert load_draft(team, "projects.post:new") is None
    assert load_draft(team, actions.post_key(post)) is None


def test_what_is_ticked_goes_along_to_the_other_language(client, team):
    tag, other = TagFactory(title_cy="Ymchwil"), person(Role.TEAM, name="Tom Other")
    sent = {"body_en": "half", "authors": [team.pk, other.pk, "x"], "tags": [tag.pk], "_switch": "cy"}
    page = text_of(client.get(client.post(WRITE, sent).url))
    assert page.count(" checked") == 3


# --- Editing --------------------------------------------------------------------------------------
def test_an_edit_changes_texts_and_links_and_keeps_the_rest(client, team):
    post = PostFactory(slug_en="old")
    kept, gone = PostTagFactory(post=post), PostTagFactory(post=post)
    new, other = TagFactory(), person(Role.TEAM)
    answer = client.post(
        f"{LIST}posts/old/edit/",
        {**TEXTS, "version": post.version, "authors": [team.pk, other.pk], "tags": [kept.tag_id, new.pk]},
        follow=True,
    )
    assert "The post is saved." in text_of(answer)
    post.refresh_from_db()
    assert post.slug_en == "what-we-learnt"
    assert set(PostTag.objects.values_list("pk", "tag_id")) >= {(kept.pk, kept.tag_id)}
    assert set(PostTag.objects.values_list("tag_id", flat=True)) == {kept.tag_id, new.pk}
    assert gone.tag_id not in PostTag.objects.values_list("tag_id", flat=True)
    assert set(PostAuthor.objects.values_list("user_id", flat=True)) == {team.pk, other.pk}
    assert history_of(post)[0].by_id == team.pk


def test_what_two_people_tick_and_untick_is_put_together(client, team):
    post = PostFactory(slug_en="maps")
    kept, mine, theirs = (PostTagFactory(post=post) for _number in range(3))
    PostAuthor.objects.create(post=post, user=team)
    seen = text_of(client.get(f"{LIST}posts/maps/edit/"))
    was = re.search(r'name="was_tags" type="hidden" value="([\d,]*)"', seen)[1]
    added, other = TagFactory(), TagFactory()
    theirs.delete()
    PostTagFactory(post=post, tag=other)
    sent = {"authors": [team.pk], "was_authors": str(team.pk), "was_tags": was, "version": post.version}
    client.post(f"{LIST}posts/maps/edit/", {**TEXTS, **sent, "tags": [kept.tag_id, theirs.tag_id, added.pk]})
    assert mine.tag_id in {int(pk) for pk in was.split(",")}
    assert set(post.tags.values_list("pk", flat=True)) == {kept.tag_id, added.pk, other.pk}
    assert set(post.authors.all()) == {team}


def test_a_published_post_keeps_its_address_and_needs_both_languages(client, team):
    published(slug_en="kept")
    address = f"{LIST}posts/kept/edit/"
    form = {**TEXTS, "version": 1, "authors": [team.pk]}
    faults = text_of(client.post(address, {**form, "body_cy": "", "summary_en": "", "summary_cy": ""}))
    assert "Write this in Welsh too." in faults
    assert "A published post needs this in both languages." in faults
    client.post(address, form)
    post = Post.objects.get()
    assert (post.title_en, post.slug_en) == ("What we learnt", "kept")


def test_two_editors_of_one_text_see_both_and_of_two_texts_both_are_kept(client, team):
    post = PostFactory(slug_en="maps", body_en="Before.")
    seen = client.get(f"{LIST}posts/maps/edit/")
    assert f'name="version" value="{post.version}"' in text_of(seen)
    Post.objects.filter(pk=post.pk).update(body_en="Theirs.", summary_cy="Nhw.")
    mine = {name: getattr(post, name) for name in TEXTS} | {"authors": [team.pk], "version": post.version}
    clash = client.post(f"{LIST}posts/maps/edit/", {**mine, "body_en": "Mine.", "title_en": "My title"})
    assert clash.status_code == 409
    assert "Mine." in text_of(clash)
    assert "Theirs." in text_of(clash)
    saved = {**mine, "title_en": "My title", "clash_body_en": "theirs", "version": Post.objects.get().version}
    del saved["body_en"]
    client.post(f"{LIST}posts/maps/edit/", {**saved, "summary_cy": "Nhw."})
    post.refresh_from_db()
    assert (post.title_en, post.body_en, post.summary_cy) == ("My title", "Theirs.", "Nhw.")


# --- Publishing and withdrawing -------------------------------------------------------------------
@pytest.mark.parametrize("status", list(PostStatus))
@pytest.mark.parametrize("event", list(POSTING.transitions))
def test_every_status_and_event(team, status, event):
    post = PostFactory(status=status, published_at=None if status == PostStatus.DRAFT else timezone.now())
    first = post.published_at
    step = POSTING.transitions[event]
    if status in step.sources:
        assert actions.post_advance(post, event, by=team, why="because").status == step.target
        post.refresh_from_db()
        assert post.published_at is not None
        assert first in (None, post.published_at)
        assert StatusChange.of(post).count() == 1
    else:
        with pytest.raises(WrongState):
            actions.post_advance(post, event, by=team, why="because")


def test_withdrawing_needs_a_reason_and_takes_the_post_from_the_public(client, team):
    post = published(slug_en="maps")
    with pytest.raises(ReasonMissing):
        actions.post_advance(post, "withdraw", by=team)
    answer = client.post(f"{LIST}posts/maps/move/withdraw/", {"why": ""})
    assert "Enter “Reason”." in text_of(answer)
    answer = client.post(f"{LIST}posts/maps/move/withdraw/", {"why": "A name stood in it."}, follow=True)
    assert "This post is not public. Its status: Withdrawn" in text_of(answer)
    refused = client.post(f"{LIST}posts/maps/move/withdraw/", {"why": "Again."})
    assert "cannot be done now" in text_of(refused)
    assert client.get(f"{LIST}posts/maps/move/withdraw/").status_code == 200
    client.logout()
    assert client.get(f"{LIST}posts/maps/").status_code == 404


def test_an_event_that_there_is_not_is_404(client, team):
    PostFactory(slug_en="maps")
    assert client.get(f"{LIST}posts/maps/move/burn/").status_code == 404


# --- Lists ----------------------------------------------------------------------------------------
def test_the_list_is_narrowed_by_words_tag_and_project(client):
    one, two = published(title_en="One", body_en="about maps"), published(title_en="Two")
    link = PostTagFactory(post=one)
    about = PostProjectFactory(post=two)
    for query, shown in (
        ("q=MAPS", {"One"}),
        (f"tag={link.tag.slug_en}", {"One"}),
        (f"project={about.project.slug_en}", {"Two"}),
        ("", {"One", "Two"}),
    ):
        page = text_of(client.get(f"{LIST}?{query}"))
        assert {title for title in ("One", "Two") if f">{title}</a>" in page} == shown
    assert link.tag.get_absolute_url() == f"{LIST}?tag={link.tag.slug_en}"


def test_drafts_stand_first_for_the_team_and_nowhere_for_others(client, team):
    published(title_en="Out")
    PostFactory(title_en="In work")
    page = text_of(client.get(LIST))
    assert page.index("In work") < page.index("Out")
    assert "Status" in page
    client.logout()
    page = text_of(client.get(LIST))
    assert "In work" not in page
    assert "1 post<" in page
    assert 'href="/en/projects/working-in-the-open/feed.atom"' in page


def test_the_list_costs_the_same_for_one_post_and_for_thirty(client, django_assert_num_queries, team):
    def one() -> None:
        post = published()
        PostTagFactory(post=post)
        PostAuthorFactory(post=post)

    one()
    client.get(LIST)
    with django_assert_num_queries(9):
        client.get(LIST)
    for _number in range(29):
        one()
    with django_assert_num_queries(9):
        client.get(LIST)


def test_posts_of_the_demonstration_are_hidden_without_it(client, settings):
    PostTagFactory(post=published(title_en="Invented", slug_en="invented", is_demo=True), tag__title_en="Made up")
    settings.DEMO = True
    assert "Invented" in text_of(client.get(LIST))
    settings.DEMO = False
    assert "Invented" not in text_of(client.get(LIST))
    assert "Made up" not in text_of(client.get(LIST))
    assert client.get(f"{LIST}posts/invented/").status_code == 404
    assert "Invented" not in text_of(client.get("/en/"))


# --- Tags -----------------------------------------------------------------------------------------
def test_the_team_adds_and_changes_tags(client, team):
    assert "No tags yet." in text_of(client.get(f"{LIST}tags/"))
    faults = text_of(client.post(f"{LIST}tags/", {"title_en": "Research", "title_cy": ""}))
    assert "Write the tag in Welsh." in faults
    answer = client.post(f"{LIST}tags/", {"title_en": "Research", "title_cy": "Ymchwil"}, follow=True)
    assert "The tag is added." in text_of(answer)
    tag = Tag.objects.get()
    PostTagFactory(tag=tag)
    assert "Research</a>: 1 post" in text_of(client.get(f"{LIST}tags/"))
    assert client.get(f"{LIST}tags/{tag.pk}/").status_code == 200
    client.post(f"{LIST}tags/{tag.pk}/", {"title_en": "User research", "title_cy": "Ymchwil"})
    tag.refresh_from_db()
    assert (tag.title_en, tag.slug_en) == ("User research", "research")
    assert client.get(f"{LIST}tags/99/").status_code == 404


# --- Who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    ["write/", "tags/", "weeknotes/", "posts/maps/edit/", "posts/maps/move/publish/", "posts/maps/pictures/add/"],
)
def test_only_the_team_writes(client, path):
    published(slug_en="maps")
    council = CouncilFactory()
    assert client.get(LIST + path).url.startswith("/en/account/sign-in/")
    for stranger in (
        person(),
        person(Role.OFFICER, organisation=council),
        person(Role.DIGITAL_LEAD, organisation=council),
        person(Role.FUND_MANAGER),
    ):
        client.force_login(stranger, backend=BACKEND)
        assert client.get(LIST + path).status_code == 403
        assert client.post(LIST + path, TEXTS).status_code == 403
    for writer in (Role.TEAM, Role.HEAD_OF_DELIVERY):
        client.force_login(person(writer), backend=BACKEND)
        assert client.get(LIST + path).status_code == 200


def test_an_action_asks_its_rule_too():
    stranger = person(Role.OFFICER)
    with pytest.raises(NotAllowed, match="may not write posts"):
        actions.post_create(PostFactory.build(), by=stranger)
    with pytest.raises(NotAllowed):
        actions.post_advance(PostFactory(), "publish", by=stranger)
    assert Post.objects.filter(status="published").count() == 0


# --- What the database holds true -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("tag_titled_in_both", lambda: TagFactory(title_cy="")),
        ("post_status_known", lambda: PostFactory(status="lost")),
        ("post_published_in_both", lambda: published(body_cy="")),
        ("post_published_at_a_moment", lambda: PostFactory(status="published")),
        ("post_week_begins_on_monday", lambda: PostFactory(week=date(2026, 11, 17))),
        ("post_weeknotes_once_a_week", lambda: [PostFactory(week=date(2026, 11, 16)) for _number in range(2)]),
        ("posttag_once", lambda: PostTagFactory(post=(one := PostTagFactory()).post, tag=one.tag)),
        ("postauthor_once", lambda: PostAuthorFactory(post=(one := PostAuthorFactory()).post, user=one.user)),
        ("postproject_once", lambda: PostProjectFactory(post=(one := PostProjectFactory()).post, project=one.project)),
    ],
)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()
    assert PostProject.objects.count() <= 1
