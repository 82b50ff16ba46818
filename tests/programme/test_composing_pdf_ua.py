"""Composed documents under the checker of PDF/UA, in both languages: the update (draft and edition), the annual report,
a council's leaflet and the report of a round."""

import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from accounts.roles import Role
from board.actions import paper_publish, paper_step
from board.models import Board, Paper
from fund.models import Round
from organisations.models import Organisation
from programme.composing.actions import update_compose
from programme.composing.paper_pdf import paper_pdf
from programme.composing.reports import annual_report, leaflet, round_report
from projects.models import DeliveryPlan
from tests.factories.people import person

pytestmark = [pytest.mark.deep, pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
OUTLOUD = Path(sys.executable).parent / "outloud"


def update() -> tuple[Paper, Any, Any]:
    council = Organisation.objects.councils().first()
    secretary, clearer = (person(role, organisation=council) for role in (Role.SECRETARIAT, Role.CLEARER))
    board = Board.objects.get(is_demo=False)
    made = update_compose(board, by=secretary, starts=date(2022, 4, 1), ends=date(2022, 10, 28), drafted_in="en")
    return made.paper, secretary, clearer


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_composed_document_has_a_fault_of_pdf_ua(tmp_path: Path, language: str) -> None:
    paper, secretary, clearer = update()
    made = {"draft": paper_pdf(paper, None, language)}
    paper_step(paper, "submit", by=secretary)
    paper_step(paper, "clear", by=clearer)
    paper.refresh_from_db()
    made["edition"] = paper_pdf(paper, paper_publish(paper, by=secretary), language)
    documents = {
        "annual": annual_report(DeliveryPlan.objects.get(year="2021-22", is_demo=False)),
        "leaflet": leaflet(Organisation.objects.get(slug_en="torfaen")),
        "round": round_report(Round.objects.get(is_demo=False)),
    }
    made |= {name: document.pdf(language) for name, document in documents.items()}
    for name, pdf in made.items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf)
        done = subprocess.run([OUTLOUD, path], capture_output=True, text=True)
        assert done.returncode == 0, (name, done.stdout)
        assert "0 error(s), 0 warning(s)" in done.stdout, (name, done.stdout)


def test_every_councils_leaflet_has_two_pages_at_most_in_both_languages() -> None:
    councils = list(Organisation.objects.councils())
    assert len(councils) == 22
    for council in councils:
        made = leaflet(council)
        for language in ("en", "cy"):
            assert len(PdfReader(BytesIO(made.pdf(language))).pages) <= 2, (council.slug_en, language)
