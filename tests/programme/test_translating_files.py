"""Texts taken out as XLIFF or a Word table, and brought back: nothing half, nothing overwritten, nothing reviewed."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document
from docx.oxml import parse_xml
from lxml import etree

from accounts.roles import Role
from board.models import Block, Paper
from fund.models import TranslatedText
from programme.translating import bringing, word_table, xliff
from programme.translating.bringing import PlanChanged, plan, sign_of, texts_take
from programme.translating.texts import Worklist
from programme.translating.units import Unit
from tests.factories.people import CouncilFactory, person
from wlga_portal.kernel.bilingual import Mark
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import Refused

from .test_translating import in_translation, signed_in

pytestmark = pytest.mark.django_db
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture
def home() -> Any:
    return CouncilFactory()


@pytest.fixture
def translator(home: Any) -> Any:
    return person(Role.TRANSLATOR, organisation=home)


def entries(user: Any, **wanted: Any) -> list[Any]:
    return list(Worklist(user, {"area": "board", "state": "missing", **wanted}))


def written(units: list[Unit], **said: str) -> list[Unit]:
    """The file with these translations written in, by the text they translate."""
    return [Unit(one.key, one.source, said.get(one.source, one.target)) for one in units]


def fates(user: Any, units: list[Unit]) -> dict[str, str]:
    return {row.unit.source: row.fate.value for row in plan(user, units)}


@pytest.mark.parametrize(
    ("write", "read"), [(xliff.xliff_of, xliff.read_xliff), (word_table.word_of, word_table.read_word)]
)
def test_a_file_gives_back_the_very_texts_of_both_directions(home, translator, write, read):
    awkward = 'Two lines,\nwith **bold**, a [link](https://example.org/?a=1&b=2), <b> & "quotes", £5 – ŵŷ\ttab'
    in_translation(home, (awkward, ""), ("", "Un dau tri"))
    out = entries(translator)
    back = read(write(out))
    assert {(one.key, one.source, one.target) for one in back} == {(one.key, one.said, "") for one in out}
    assert {one.source for one in back} == {awkward, "Un dau tri"}


def test_an_xliff_file_is_one_of_version_1_2_with_a_part_for_each_direction(home, translator):
    in_translation(home, ("One", ""), ("", "Dau"))
    root = etree.fromstring(xliff.xliff_of(entries(translator)))
    assert (root.tag, root.get("version")) == (xliff.named("xliff"), "1.2")
    parts = [(one.get("source-language"), one.get("target-language")) for one in root]
    assert parts == [("en", "cy"), ("cy", "en")]
    unit = next(root.iter(xliff.named("trans-unit")))
    assert unit.find(xliff.named("target")).get("state") == "needs-translation"
    assert "Text" in (unit.find(xliff.named("note")).text or "")


def test_what_a_translation_program_adds_within_a_text_is_read_through(home, translator):
    in_translation(home, ("One. Two.", ""))
    (entry,) = entries(translator)
    content = xliff.xliff_of([entry]).decode()
    start = content.index("<target")
    marks = '<mrk mtype="seg" mid="0">Un. </mrk><!-- no --><mrk mtype="seg" mid="1">Dau.</mrk>'
    after = content.index("<note")
    changed = (
        content[:start]
        + f"<target>{marks}</target>"
        + "<alt-trans><target>Memory</target></alt-trans>"
        + content[after:]
    )
    assert [one.target for one in xliff.read_xliff(changed.encode())] == ["Un. Dau."]


def test_tracked_changes_of_a_word_table_come_back_as_accepted(home, translator):
    in_translation(home, ("One", ""))
    document = Document(io.BytesIO(word_table.word_of(entries(translator))))
    cell = document.tables[0].rows[1].cells[3]
    change = (
        f'<w:p xmlns:w="{W}"><w:r><w:t xml:space="preserve">Un </w:t></w:r>'
        '<w:del w:id="1" w:author="A"><w:r><w:delText>hen</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="A"><w:r><w:t>newydd</w:t><w:br/><w:t>sbon</w:t></w:r></w:ins></w:p>'
    )
    cell._tc.replace(cell._tc.p_lst[0], parse_xml(change))
    buffer = io.BytesIO()
    document.save(buffer)
    assert [one.target for one in word_table.read_word(buffer.getvalue())] == ["Un newydd\nsbon"]


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><xliff>&a;</xliff>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xliff>&a;</xliff>'
LATER = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"/>'
EMPTY = b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (BOMB, "holds what no XLIFF file"),
        (BOMB.decode().encode("utf-16").replace(b"x\x00m\x00l\x00 ", b"x\x00m\x00l\x00 "), "XLIFF"),
        (OUTSIDE, "holds what no XLIFF file"),
        (LATER, "not an XLIFF 1.2 file"),
        (EMPTY, "No text of the portal"),
        (b"nonsense", "not an XLIFF file"),
        (b"", "not an XLIFF file"),
        (b"PK\x03\x04nonsense", "not a Word file"),
        (b"x" * (20 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(content, sentence):
    with pytest.raises(ValidationError) as caught:
        bringing.read_file(content)
    assert sentence in caught.value.messages[0]


def test_each_text_of_a_file_has_its_fate(home, translator):
    paper = in_translation(
        home, ("Save", ""), ("Source", ""), ("Clash", ""), ("Gone", ""), ("Empty", ""), ("Same", ""), ("Twice", "")
    )
    Paper.objects.filter(pk=paper.pk).update(summary_en="Long")
    units = xliff.read_xliff(xliff.xliff_of(entries(translator)))
    said = {name: f"{name} yn Gymraeg" for name in ("Save", "Source", "Clash", "Gone", "Same", "Twice")}
    back = written(units, **said, Long="x" * 501)
    back.append(next(one for one in back if one.source == "Twice"))
    back.append(Unit("somebody else’s", "a", "b"))
    blocks = Block.objects.filter(paper=paper)
    blocks.filter(text_en="Source").update(text_en="Source, changed")
    blocks.filter(text_en="Clash").update(text_cy="Gan rywun arall")
    blocks.filter(text_en="Same").update(text_cy=said["Same"])
    blocks.filter(text_en="Gone").delete()
    assert fates(translator, back) == {
        "Save": "save", "Source": "source", "Clash": "clash", "Gone": "gone", "Empty": "empty", "Same": "same",
        "Twice": "twice", "Long": "long",
    }  # fmt: skip
    rows = plan(translator, back)
    assert texts_take(back, sign=sign_of(rows), by=translator) == 1
    now = dict(blocks.values_list("text_en", "text_cy"))
    assert now["Save"] == "Save yn Gymraeg"
    assert (now["Source, changed"], now["Clash"], now["Twice"]) == ("", "Gan rywun arall", "")
    paper.refresh_from_db()
    assert paper.summary.cy == ""
    saved = blocks.get(text_en="Save")
    assert saved.text_mark == Mark.UNREVIEWED
    assert next((one.why, one.by_id) for one in history_of(saved)) == (
        "translations brought back in a file",
        translator.pk,
    )


def test_numbers_that_differ_are_pointed_out_and_still_the_translators_to_decide(home, translator):
    in_translation(home, ("12 bins on 3 May 2026", ""), ("Five bins", ""))
    units = xliff.read_xliff(xliff.xliff_of(entries(translator)))
    back = [Unit(one.key, one.source, "13 bin ar 3 Mai 2026" if one.source[0] == "1" else "5 bin") for one in units]
    assert {row.unit.source: row.differs for row in plan(translator, back)} == {
        "12 bins on 3 May 2026": True, "Five bins": False,
    }  # fmt: skip


def test_nothing_is_saved_where_anything_changed_after_the_look(home, translator):
    paper = in_translation(home, ("One", ""), ("Two", ""))
    back = written(xliff.read_xliff(xliff.xliff_of(entries(translator))), One="Un", Two="Dau")
    sign = sign_of(plan(translator, back))
    Block.objects.filter(paper=paper, text_en="Two").update(text_cy="Dwy")
    with pytest.raises(PlanChanged):
        texts_take(back, sign=sign, by=translator)
    assert set(Block.objects.filter(paper=paper).values_list("text_cy", flat=True)) == {"", "Dwy"}


def test_one_text_that_cannot_be_saved_saves_none(home, translator, monkeypatch):
    paper = in_translation(home, ("One", ""), ("Two", ""))
    back = written(xliff.read_xliff(xliff.xliff_of(entries(translator))), One="Un", Two="Dau")
    put = bringing.put

    def refuse(entry: Any, said: str) -> None:
        if said == "Dau":
            raise Refused("no")
        put(entry, said)

    monkeypatch.setattr(bringing, "put", refuse)
    with pytest.raises(Refused):
        texts_take(back, sign=sign_of(plan(translator, back)), by=translator)
    assert set(Block.objects.filter(paper=paper).values_list("text_cy", flat=True)) == {""}


def test_a_file_of_another_person_brings_only_what_its_bringer_may_see(home, translator):
    in_translation(home, ("One", ""))
    back = written(xliff.read_xliff(xliff.xliff_of(entries(translator))), One="Un")
    draft = in_translation(home, ("Two", ""))
    Block.objects.filter(paper=draft)
    stranger = person(Role.OFFICER, organisation=home)
    assert signed_in(stranger).get(reverse("programme:translating_take")).status_code == 403
    assert signed_in(stranger).get(reverse("programme:translating_xliff")).status_code == 403
    assert signed_in(stranger).get(reverse("programme:translating_word")).status_code == 403
    assert signed_in(stranger).get(reverse("programme:translating_files")).status_code == 403
    assert fates(translator, back) == {"One": "save"}


def test_out_and_back_through_the_pages(home, translator):
    paper = in_translation(home, ("One", ""), ("Two", ""))
    client = signed_in(translator)
    page = client.get(reverse("programme:translating_files"), {"area": "board", "state": "missing"}).content.decode()
    assert "2 texts are in the list" in page
    answer = client.get(reverse("programme:translating_word"), {"area": "board", "state": "missing"})
    assert answer.headers["Content-Type"] == word_table.CONTENT_TYPE
    answer = client.get(reverse("programme:translating_xliff"), {"area": "board", "state": "missing"})
    assert answer.headers["Content-Disposition"].endswith('.xlf"')
    back = written(xliff.read_xliff(answer.content), One="Un")
    root = etree.fromstring(answer.content)
    for unit in root.iter(xliff.named("trans-unit")):
        unit.find(xliff.named("target")).text = {one.key: one.target for one in back}[unit.get("id")]
    assert send(client, b"nonsense").status_code == 200
    assert client.get(reverse("programme:translating_take")).status_code == 404
    assert send(client, etree.tostring(root)).status_code == 302
    page = client.get(reverse("programme:translating_take")).content.decode()
    assert "Will be saved" in page
    assert set(Block.objects.filter(paper=paper).values_list("text_cy", flat=True)) == {""}  # only shown
    stale = client.post(reverse("programme:translating_take"), {"take": "1", "sign": "x"}, follow=True)
    assert "Nothing was saved." in stale.content.decode()
    sign = sign_of(plan(translator, back))
    done = client.post(reverse("programme:translating_take"), {"take": "1", "sign": sign}, follow=True)
    assert "1 translation is saved." in done.content.decode()
    assert Block.objects.get(paper=paper, text_en="One").text_cy == "Un"
    assert load_draft(translator, bringing.DRAFT) is None
    assert client.post(reverse("programme:translating_take"), {"take": "1"}).status_code == 302


def test_a_file_can_be_forgotten(home, translator):
    in_translation(home, ("One", ""))
    client = signed_in(translator)
    content = client.get(reverse("programme:translating_word"), {"state": "missing"}).content
    assert send(client, content).status_code == 302
    assert "waits for your decision" in client.get(reverse("programme:translating_files")).content.decode()
    client.post(reverse("programme:translating_take"), {"drop": "1"})
    assert load_draft(translator, bringing.DRAFT) is None


def send(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("texts.xlf", content)
    return client.post(reverse("programme:translating_files"), {"file": file})


def test_the_texts_of_a_welsh_bid_go_out_and_come_back(loaded, settings):
    settings.DEMO = True
    from accounts.models import User

    translator = User.objects.get(demo_slug="translator")
    out = entries(translator, area="fund", to="en")
    assert {one.kind for one in out} == {"fund.translatedtext"}
    units = xliff.read_xliff(xliff.xliff_of(out[:1]))
    back = [Unit(one.key, one.source, "In English") for one in units]
    assert texts_take(back, sign=sign_of(plan(translator, back)), by=translator) == 1
    assert TranslatedText.objects.get(pk=out[0].pk).text == "In English"
