"""Who finds what: exactly those who may open it, and at once when that changes."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import resolve

from accounts.models import User
from accounts.roles import Role
from board.models import Edition, Paper
from fund.models import Answer, Bid
from organisations.models import Organisation
from programme.models import SearchDue, SearchText
from programme.search import keeping
from programme.search.answering import Narrowed, search
from programme.search.index import put
from projects.models import Post
from tests.factories.people import person
from tests.walk import client_of
from wlga_portal.kernel.searching import SOURCES

RARE = "zibblefrox"
SAMPLES = 2  # private rows of each source that are tried
# of these the page of the thing itself says who may read it; the others are found on pages of something else
PAGES = {"board.paper", "board.decision", "board.action", "fund.bid", "projects.post"}
SENT = {"fund.submission", "fund.statement"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(autouse=True)
def demonstration(settings):
    """As `make run` serves it."""
    settings.DEMO = True


def found(reader, question=RARE, **narrowed) -> set[str]:
    return {hit.key for hit in search(question, "en", reader=reader, narrowed=Narrowed(**narrowed), limit=200).hits}


def plant(*names: str) -> dict[str, str]:
    """The rare word in every row of these sources that the public may not see; the address of each."""
    planted: dict[str, str] = {}
    for name in names:
        source = SOURCES[name]
        hidden = source.rows().exclude(pk__in=source.visible(AnonymousUser()).values("pk"))
        for row in hidden.order_by("pk")[:SAMPLES]:
            documents = [one for one in keeping.documents_of(source, row) if one.title]
            put([type(one)(**{**fields(one), "text": f"{one.text} {RARE}"}) for one in documents])
            planted |= {one.key: one.url for one in documents[:1]}
    return planted


def fields(document) -> dict[str, object]:
    return {name: getattr(document, name) for name in type(document).__dataclass_fields__}


def test_each_kind_of_person_finds_exactly_what_they_may_open():
    planted = plant(*PAGES, *SENT)
    assert {key.split(":")[0] for key in planted} == {*PAGES, *SENT}
    finders = set()
    for user in [None, *User.objects.filter(demo_slug__gt="").order_by("pk")]:
        client = client_of(user.demo_slug if user else None)
        keys = found(user or AnonymousUser())
        assert not keys if user is None else keys <= set(planted)
        for key, url in planted.items():
            opens = client.get(url).status_code == 200
            if key.split(":")[0] in PAGES:
                assert (key in keys) == opens, f"{user and user.demo_slug}: {key} {url}"
            else:  # what was sent is found as the bid by its own councils, as a statement by others
                assert opens or key not in keys, f"{user and user.demo_slug}: {key} {url}"
        finders |= {key.split(":")[0] for key in keys}
    assert finders == {*PAGES, *SENT}


def test_the_public_is_not_told_of_what_it_may_not_see_by_count_or_by_corrected_words():
    plant("fund.bid")
    answer = search("zibblefrix", "en", reader=AnonymousUser())
    assert (answer.hits, answer.total, answer.more) == ([], 0, False)
    assert search(RARE, "en", reader=AnonymousUser(), start=20).total == 0


def test_a_stranger_with_an_account_finds_no_draft_and_another_councils_officer_neither():
    plant("fund.bid", "projects.post", "board.paper")
    taking_part = Bid.objects.filter(is_historic=False)
    council = (
        Organisation.objects.councils()
        .exclude(led_bids__in=taking_part)
        .exclude(bid_partnerships__bid__in=taking_part)
        .first()
    )
    assert found(person()) == found(person(Role.OFFICER, organisation=council)) == set()


def test_a_withdrawn_edition_and_an_unpublished_post_vanish_at_once_without_the_worker():
    edition = Edition.objects.readable(AnonymousUser()).current().first()
    post = Post.objects.visible_to(AnonymousUser()).first()
    for source, row in (("board.paper", edition), ("projects.post", post)):
        one = next(keeping.documents_of(SOURCES[source], row))
        put([type(one)(**{**fields(one), "text": RARE})])
    assert found(AnonymousUser()) == {f"board.paper:{edition.pk}", f"projects.post:{post.pk}"}
    Post.objects.filter(pk=post.pk).update(status="draft")
    SearchDue.objects.all().delete()  # not because it waits, but because the row itself is asked
    assert found(AnonymousUser()) == {f"board.paper:{edition.pk}"}
    item = Paper.objects.get(pk=edition.paper_id).agenda_item
    if item is not None:
        item.restricted, item.reason_en, item.reason_cy = True, "Personal data", "Data personol"
        item.save()
        SearchDue.objects.all().delete()
        assert found(AnonymousUser()) == set()


def test_what_changed_is_not_found_by_its_old_words_and_the_worker_puts_the_new():
    project = SOURCES["projects.project"].visible(AnonymousUser()).first()
    key = f"projects.project:{project.pk}"
    assert key in found(AnonymousUser(), str(project.title.en))
    type(project).objects.filter(pk=project.pk).update(aim_en=f"{RARE} in English", aim_cy=f"{RARE} yn Gymraeg")
    assert SearchDue.objects.filter(source="projects.project", row_id=project.pk).exists()
    assert key not in found(AnonymousUser(), str(project.title.en))
    assert keeping.settle() > 0
    assert found(AnonymousUser()) == {key}
    assert not SearchDue.objects.exists()


def test_words_in_another_table_make_their_row_due():
    answer = Answer.objects.filter(bid__is_historic=False).first()
    keeping.settle()
    Answer.objects.filter(pk=answer.pk).update(text=RARE, words=1)
    assert list(SearchDue.objects.values_list("source", "row_id")) == [("fund.bid", answer.bid_id)]


def test_the_demonstration_is_not_found_outside_demonstration_mode(settings):
    before = found(AnonymousUser(), "report", kind="project") | found(AnonymousUser(), "patterns")
    settings.DEMO = False
    after = found(AnonymousUser(), "report", kind="project") | found(AnonymousUser(), "patterns")
    assert after < before


def test_each_result_leads_to_a_page_in_its_own_language():
    client = client_of("secretariat")
    for name in SOURCES:
        one = SearchText.objects.filter(source=name).first()
        if one is not None and not one.source.startswith("fund."):
            address = one.url.split("#")[0]
            assert address.startswith(f"/{one.language}/")
            assert resolve(address)
            assert client.get(address).status_code == 200, one.url
