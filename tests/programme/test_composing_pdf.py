"""A composed update as a tagged PDF: of its edition for everybody, of its draft for those who work on it."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from accounts.roles import Role
from board.actions import paper_publish, paper_step
from board.models import Block, Board
from organisations.models import Organisation
from programme.composing.actions import update_compose
from programme.composing.paper_pdf import paper_pdf
from programme.models import Composition
from tests.board.conftest import signed_in
from tests.factories.people import person
from wlga_portal.kernel.audit import audited

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture
def secretary() -> Any:
    return person(Role.SECRETARIAT, organisation=Organisation.objects.councils().first())


@pytest.fixture
def composition(secretary: Any) -> Composition:
    board = Board.objects.get(is_demo=False)
    return update_compose(board, by=secretary, starts=date(2022, 4, 1), ends=date(2022, 10, 28), drafted_in="cy")


def words_of(pdf: bytes) -> str:
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def addresses(composition: Composition) -> tuple[str, str]:
    paper = composition.paper
    return f"/en/updates/{paper.slug_en}/pdf/", f"/cy/diweddariadau/{paper.slug_cy}/pdf/"


def test_the_draft_is_a_tagged_pdf_in_both_languages_for_those_who_work_on_it(
    composition: Composition, secretary: Any, tmp_path: Path
) -> None:
    english, welsh = addresses(composition)
    assert [Client().get(path).status_code for path in (english, welsh)] == [404, 404]
    assert signed_in(person(Role.OFFICER)).get(english).status_code == 404
    client = signed_in(secretary)
    answer = client.get(english)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].endswith(f'{composition.paper.slug_en}-en.pdf"')
    text = words_of(answer.content)
    assert "Draft, not published" in text
    assert "£1,000,000" in text
    assert "Recommendation" in text
    said = words_of(client.get(welsh).content)
    assert "Drafft, heb ei gyhoeddi" in said
    assert "Prosiectau" in said
    path = tmp_path / "update.pdf"
    path.write_bytes(answer.content)
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in told


def test_what_a_writer_made_of_it_is_in_the_pdf_lists_and_left_out_levels_too(
    composition: Composition, secretary: Any
) -> None:
    paper = composition.paper
    with audited(by=secretary, why="edited"):
        heading = Block.objects.filter(paper=paper, kind="heading").order_by("position").first()
        assert heading is not None
        Block.objects.filter(pk=heading.pk).update(level=3)
        paragraph = Block.objects.filter(paper=paper, kind="paragraph").order_by("position").first()
        assert paragraph is not None
        Block.objects.filter(pk=paragraph.pk).update(text_en="- first of a list\n- second of it", text_cy="Testun.")
    assert "first of a list" in words_of(paper_pdf(paper, None, "en"))


def test_the_published_edition_is_for_everybody_and_says_which_it_is(composition: Composition, secretary: Any) -> None:
    paper = composition.paper
    clearer = person(Role.CLEARER, organisation=Organisation.objects.councils().first())
    paper_step(paper, "submit", by=secretary)
    paper_step(paper, "clear", by=clearer)
    paper.refresh_from_db()
    paper_publish(paper, by=secretary)
    english, welsh = addresses(composition)
    pdf = Client().get(english)
    assert pdf.status_code == 200
    assert "Edition 1," in words_of(pdf.content).replace("Edition: ", "Edition ")
    for path, link in ((f"/en/board/papers/{paper.slug_en}/", english), (f"/cy/bwrdd/papurau/{paper.slug_cy}/", welsh)):
        assert f'href="{link}"' in Client().get(path).content.decode(), path
