"""Private notes, highlights, where one stopped: only one's own, through editions and languages, and gone for good."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from board.actions import paper_correct, paper_publish, paper_step, texts_review
from board.actions.notes import note_save, notes_expire, stop_mark
from board.editions import latest
from board.models import Block, Note, ReadMark
from board.noting import Said, noted
from board.sealing import seal, unseal
from tests.factories.board import BlockFactory, PersonFactory, SeatFactory
from tests.factories.people import UserFactory
from tests.factories.reading import NoteFactory, ReadMarkFactory
from wlga_portal.kernel.history import event_models

pytestmark = pytest.mark.django_db
WORDS = ("The letter says what to do.", "Mae'r llythyr yn dweud beth i'w wneud.")


def write(edition, *, by, text="Ask about it.", quote="", language="en", version=0, block=0, at=None):
    uid = UUID(edition.data["blocks"][block]["uid"])
    return note_save(
        edition, uid, by=by, language=language, said=Said(text, bool(quote), quote), version=version, at=at
    )


def corrected(people, paper, **texts):
    """A new edition in which the first block says something else."""
    paper_correct(paper, by=people.secretary, why="a mistake")
    Block.objects.filter(paper=paper, uid=paper.blocks.first().uid).update(**texts)
    texts_review(paper.blocks.first(), by=people.translator)
    paper.refresh_from_db()
    paper.correction = ("The first paragraph.", "Y paragraff cyntaf.")
    paper.save()
    paper_step(paper, "submit", by=people.author)
    paper_step(paper, "clear", by=people.clearer)
    edition = paper_publish(paper, by=people.secretary)
    paper.refresh_from_db()
    return edition


def opened(browse, user, paper, language="en"):
    with override(language):
        return browse(user).get(paper.get_absolute_url()).content.decode()


def note_url(paper, edition=None, name="note_edit"):
    uid = (edition or latest(paper)).data["blocks"][0]["uid"]
    return reverse(f"board:{name}", kwargs={"slug": paper.slug, "uid": uid})


def test_a_note_is_written_and_changed_and_shown_to_its_writer_alone(people, browse):
    paper = people.published(WORDS)
    mine = browse(people.member)
    answer = mine.post(note_url(paper), {"text": "Ask about Rhosneigr", "version": "0"})
    assert answer.headers["Location"] == f"{paper.get_absolute_url()}#p1"
    assert "Ask about Rhosneigr" in opened(browse, people.member, paper)
    assert "Ask about Rhosneigr" in opened(browse, people.member, paper, "cy")
    for other in (None, people.secretary, people.author, people.stranger):
        assert "Rhosneigr" not in opened(browse, other, paper)
    mine.post(note_url(paper), {"text": "Asked", "version": "1"})
    assert [Said.of(note).text for note in Note.objects.all()] == ["Asked"]


def test_nobody_opens_the_note_of_another_and_a_visitor_signs_in_first(people, browse):
    paper = people.published(WORDS)
    write(latest(paper), by=people.member)
    assert "Ask about it." not in browse(people.secretary).get(note_url(paper)).content.decode()
    assert browse(people.secretary).post(note_url(paper, name="note_delete")).status_code == 404
    assert browse(None).get(note_url(paper)).status_code == 302
    for name in ("note_list", "note_file", "notes_delete"):
        assert browse(None).get(reverse(f"board:{name}")).status_code == 302
        assert "Ask about it." not in browse(people.secretary).get(reverse(f"board:{name}")).content.decode()
    assert browse(people.member).post(note_url(paper, name="note_delete")).status_code == 302
    assert not Note.objects.exists()


def test_a_heading_an_unknown_block_and_a_draft_take_no_note(people, browse):
    paper = people.paper(WORDS)
    heading = BlockFactory(paper=paper, position=2, kind="heading", level=2)
    draft = reverse("board:note_edit", kwargs={"slug": paper.slug, "uid": paper.blocks.first().uid})
    assert browse(people.author).get(draft).status_code == 404
    paper_step(paper, "submit", by=people.author)
    paper_step(paper, "clear", by=people.clearer)
    paper_publish(paper, by=people.secretary)
    for uid in (heading.uid, uuid4()):
        url = reverse("board:note_edit", kwargs={"slug": paper.slug, "uid": uid})
        assert browse(people.member).get(url).status_code == 404


def test_no_table_holds_the_words_of_a_note_and_none_of_them_has_a_history(people):
    paper = people.published(WORDS)
    write(latest(paper), by=people.member, text="Rhosneigr", quote="what to do")
    assert not {Note, ReadMark} & set(event_models())
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        assert "board_note" in tables
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', ["%Rhosneigr%"])
            assert cursor.fetchone() == (0,), table
    sealed = Note.objects.get().sealed
    assert "what to do" not in sealed
    assert unseal(people.member.pk, sealed)["text"] == "Rhosneigr"
    assert unseal(people.secretary.pk, sealed) is None


def test_a_changed_secret_key_opens_old_notes_only_while_it_is_kept_as_a_fallback(settings):
    sealed = seal(7, {"text": "a"})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 9, [settings.SECRET_KEY]
    assert unseal(7, sealed) == {"text": "a"}
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(7, sealed) is None


def test_a_note_that_no_key_opens_says_so_and_can_be_written_anew(people, browse, settings):
    paper = people.published(WORDS)
    write(latest(paper), by=people.member)
    settings.SECRET_KEY = "another" * 9
    assert "This note cannot be opened any more." in opened(browse, people.member, paper)
    note, clashed = write(latest(paper), by=people.member, text="New", version=0)
    assert (Said.of(note).text, clashed) == ("New", False)


def test_a_note_survives_a_new_edition_that_left_its_words_alone(people, browse):
    paper = people.published(WORDS, ("Two.", "Dau."))
    write(latest(paper), by=people.member, block=1)
    corrected(people, paper, text_en="Another text.", text_cy="Testun arall.")
    page = opened(browse, people.member, paper)
    assert "Ask about it." in page
    assert "The words changed" not in page


def test_a_note_says_that_its_words_changed_and_leads_to_what_they_were(people, browse):
    paper = people.published(WORDS)
    write(latest(paper), by=people.member, quote="what to do")
    assert "<mark>what to do</mark>" in opened(browse, people.member, paper)
    corrected(people, paper, text_en="The letter says when.", text_cy=WORDS[1])
    page = opened(browse, people.member, paper)
    assert "The words changed" in page
    assert "<mark>" not in page
    assert reverse("board:edition_page", kwargs={"slug": paper.slug, "number": 1}) + "#p1" in page
    assert "You wrote this on edition 1." in page


def test_a_note_in_one_language_is_there_in_the_other_and_knows_its_own_words(people, browse):
    paper = people.published(WORDS)
    write(latest(paper), by=people.member, language="cy", quote="beth i'w wneud")
    corrected(people, paper, text_en="Other English.", text_cy=WORDS[1])
    page = opened(browse, people.member, paper)
    assert "Ask about it." in page
    assert "The words changed" not in page
    assert "<mark>beth i'w wneud</mark>" in opened(browse, people.member, paper, "cy")


def test_a_note_on_a_paragraph_that_went_is_shown_above_the_text(people, browse):
    paper = people.published(WORDS, ("Two.", "Dau."))
    write(latest(paper), by=people.member, block=1)
    paper_correct(paper, by=people.secretary, why="a mistake")
    paper.blocks.last().delete()
    paper.refresh_from_db()
    paper.correction = ("One went.", "Aeth un.")
    paper.save()
    paper_step(paper, "submit", by=people.author)
    paper_step(paper, "clear", by=people.clearer)
    paper_publish(paper, by=people.secretary)
    page = opened(browse, people.member, paper)
    assert "Your notes on paragraphs that are no longer in this edition" in page
    assert "Ask about it." in page
    assert "no longer in the paper" in browse(people.member).get(reverse("board:note_list")).content.decode()


def test_two_devices_keep_both_texts_until_they_are_put_together(people, browse):
    paper = people.published(WORDS)
    edition = latest(paper)
    write(edition, by=people.member, text="First")
    write(edition, by=people.member, text="Second", version=1)
    note, clashed = write(edition, by=people.member, text="From the train", version=1, at=timezone.now())
    assert clashed
    assert (Said.of(note).text, [one.text for one in Said.of(note).also]) == ("Second", ["From the train"])
    again, clashed = write(edition, by=people.member, text="From the train", version=1)
    assert (clashed, again.version) == (True, note.version)  # sent twice: kept once
    page = browse(people.member).get(note_url(paper)).content.decode()
    assert "From the train" in page
    assert "Put together what you want to keep." in page
    browse(people.member).post(note_url(paper), {"text": "Both", "version": str(note.version)})
    assert (Said.of(Note.objects.get()).text, Said.of(Note.objects.get()).also) == ("Both", ())


def test_a_form_that_clashes_shows_both_texts(people, browse):
    paper = people.published(WORDS)
    write(latest(paper), by=people.member, text="On the server")
    answer = browse(people.member).post(note_url(paper), {"text": "Here", "version": "0"}, follow=True)
    page = answer.content.decode()
    assert "This note was changed on another device meanwhile." in page
    assert "On the server" in page
    assert "Here" in page


def test_the_script_gets_the_note_drawn_and_what_is_wrong_with_it(people, browse):
    paper = people.published(WORDS)
    mine = browse(people.member)
    answer = mine.post(note_url(paper), {"text": "A", "version": "0"}, headers={"Accept": "application/json"}).json()
    assert (answer["clashed"], answer["version"]) == (False, 1)
    assert "Your note" in answer["html"]
    wrong = mine.post(note_url(paper), {"quote": "no such words"}, headers={"Accept": "application/json"})
    assert (wrong.status_code, len(wrong.json()["errors"])) == (422, 1)
    assert "not in the text" in mine.post(note_url(paper), {"quote": "no such words"}).content.decode()
    late = {"text": "", "quote": "gone words", "version": "1", "at": "2026-11-01T10:00:00Z"}
    assert mine.post(note_url(paper), late, headers={"Accept": "application/json"}).status_code == 200
    empty = {"text": "", "version": str(Note.objects.get().version)}
    assert mine.post(note_url(paper), empty, headers={"Accept": "application/json"}).json()["html"] == ""
    assert not Note.objects.exists()


def test_one_reads_takes_away_and_deletes_all_of_ones_notes(people, browse):
    paper = people.published(WORDS, ("Two.", "Dau."))
    write(latest(paper), by=people.member, text="On one", quote="what to do")
    write(latest(paper), by=people.member, text="On two", block=1)
    write(latest(paper), by=people.secretary, text="Not mine")
    stop_mark(latest(paper), by=people.member, uid=None)
    mine = browse(people.member)
    page = mine.get(reverse("board:note_list")).content.decode()
    assert page.index("On one") < page.index("On two")
    assert "six months after your last term" in page
    file = mine.get(reverse("board:note_file"))
    text = file.content.decode()
    assert file.headers["Content-Disposition"] == 'attachment; filename="notes.txt"'
    assert "Paragraph 1 (#p1)" in text
    assert "“what to do”" in text
    assert "Not mine" not in text
    assert "You have 2 notes." in mine.get(reverse("board:notes_delete")).content.decode()
    mine.post(reverse("board:notes_delete"))
    assert [Said.of(note).text for note in Note.objects.all()] == ["Not mine"]
    assert not ReadMark.objects.exists()


def test_a_note_on_a_paper_that_closed_to_its_writer_is_not_shown(people, browse):
    paper = people.published(WORDS)
    write(latest(paper), by=people.member)
    item = paper.agenda_item
    item.restricted, item.reason_en, item.reason_cy = True, "Names a person.", "Yn enwi person."
    item.save()
    assert "Ask about it." not in browse(people.member).get(reverse("board:note_list")).content.decode()


@pytest.mark.parametrize(
    ("ends", "left"), [(None, 1), (100, 1), (-182, 1), (-184, 0)], ids=["no end", "to come", "in time", "over"]
)
def test_notes_go_half_a_year_after_the_last_term(people, ends, left):
    today = timezone.localdate()
    paper = people.published(WORDS)
    seat = PersonFactory(user=people.member, public_name="")
    last = None if ends is None else today + timedelta(days=ends)
    SeatFactory(board=paper.board, person=seat, starts=today - timedelta(days=900), ends=last)
    write(latest(paper), by=people.member)
    stop_mark(latest(paper), by=people.member, uid=None)
    notes_expire()
    assert (Note.objects.count(), ReadMark.objects.count()) == (left, left)


@pytest.mark.parametrize(("age", "left"), [(364, 1), (366, 0)])
def test_notes_of_who_has_no_seat_go_a_year_after_their_last_change(people, age, left):
    write(latest(people.published(WORDS)), by=people.officer)
    Note.objects.update(updated_at=timezone.now() - timedelta(days=age))
    notes_expire()
    assert Note.objects.count() == left


def test_where_one_stopped_is_there_on_another_device_and_in_the_other_language(people, browse):
    paper = people.published(WORDS, ("Two.", "Dau."))
    uid = latest(paper).data["blocks"][1]["uid"]
    url = reverse("board:paper_stop", kwargs={"slug": paper.slug})
    assert browse(people.member).post(url, {"uid": uid}).status_code == 302
    assert "You stopped at Paragraph 2" in opened(browse, people.member, paper)
    assert "Gwnaethoch stopio yn Paragraff 2" in opened(browse, people.member, paper, "cy")
    assert "You stopped" not in opened(browse, people.secretary, paper)
    assert browse(None).post(url, {"uid": uid}).status_code == 302
    assert ReadMark.objects.count() == 1
    sent = browse(people.member).post(url, {"uid": "nonsense"}, headers={"Accept": "application/json"})
    assert sent.json() == {"kept": True}
    assert ReadMark.objects.get().uid is None


def test_a_new_edition_says_which_one_was_read_before(people, browse):
    paper = people.published(WORDS)
    stop_mark(latest(paper), by=people.member, uid=None)
    assert "You read edition" not in opened(browse, people.member, paper)
    second = corrected(people, paper, text_en="Another.", text_cy="Arall.")
    assert "You read edition 1. This is edition 2." in opened(browse, people.member, paper)
    stop_mark(second, by=people.member, uid=None)
    assert "You read edition 1. This is edition 2." in opened(browse, people.member, paper)


def test_a_page_leads_to_the_papers_before_and_after_it_that_one_may_read(people, browse):
    first = people.published(WORDS, number=1)
    second = people.published(WORDS, agenda_item=first.agenda_item, number=2)
    hidden = people.paper(WORDS, agenda_item=first.agenda_item, number=3)
    page = opened(browse, None, second)
    assert f'href="{first.get_absolute_url()}" rel="prev"' in page
    assert 'rel="next"' not in page
    assert hidden.slug_en not in page
    assert f'href="{second.get_absolute_url()}" rel="next"' in opened(browse, None, first)


def test_an_old_edition_shows_ones_notes_and_takes_no_new_ones(people, browse):
    paper = people.published(WORDS)
    write(latest(paper), by=people.member)
    corrected(people, paper, text_en="Another.", text_cy="Arall.")
    old = browse(people.member).get(reverse("board:edition_page", kwargs={"slug": paper.slug, "number": 1}))
    assert "Ask about it." in old.content.decode()
    assert "I stopped here" not in old.content.decode()


def test_a_page_costs_the_same_with_one_note_and_with_thirty(people, browse, django_assert_num_queries):
    paper = people.published(*[(f"Text {n}.", f"Testun {n}.") for n in range(30)])
    mine = browse(people.member)
    counts = []
    for number in range(30):
        write(latest(paper), by=people.member, block=number)
        if number in (0, 29):
            mine.get(paper.get_absolute_url())
            with django_assert_num_queries(11) as counted:
                mine.get(paper.get_absolute_url())
            counts.append(len(counted))
    assert counts[0] == counts[1]


BROKEN = {
    "note_one_for_each_block": lambda: NoteFactory(
        user=(one := NoteFactory()).user, paper=one.paper, edition=one.edition, uid=one.uid
    ),
    "note_language_known": lambda: NoteFactory(language="fr"),
    "note_sealed_is_not_empty": lambda: NoteFactory(sealed=""),
    "readmark_one_for_each_paper": lambda: ReadMarkFactory(
        user=(one := ReadMarkFactory()).user, paper=one.paper, edition=one.edition
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name]()


def test_two_first_notes_at_once_are_both_kept(people, monkeypatch):
    paper = people.published(WORDS)
    edition = latest(paper)
    write(edition, by=people.member, text="First")
    found = Note.objects.select_for_update

    def too_early():
        monkeypatch.undo()
        return found().none()

    monkeypatch.setattr(Note.objects, "select_for_update", too_early)
    note, clashed = write(edition, by=people.member, text="Second")
    assert clashed
    assert [one.text for one in Said.of(note).also] == ["Second"]
    assert noted([note], edition.data)[0].label == "Paragraph 1"


def test_a_note_belongs_to_its_writer_and_goes_with_the_account():
    user = UserFactory()
    NoteFactory(user=user)
    user.delete()
    assert not Note.objects.exists()
