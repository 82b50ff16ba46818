"""Documents composed for whoever asks: annual report, council leaflet, round report; as page, tagged PDF and Word."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document as Docx

from fund.models import Round
from organisations.models import Organisation
from programme.composing.reports import Document, annual_report, leaflet, round_report
from projects.models import DeliveryPlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
PAGES = {
    "/en/reports/annual/2021-22/": "£790,000",
    "/cy/adroddiadau/blynyddol/2021-22/": "8 peth i&#x27;w cyflawni",
    "/en/reports/councils/torfaen/": "what the digital programme does in Torfaen",
    "/cy/adroddiadau/cynghorau/caerdydd/": "ei wneud yng Nghaerdydd",
    "/en/reports/rounds/2022-23/": "Statements received: 18",
    "/cy/adroddiadau/rowndiau/2022-23/": "Bu’r cyfnod diddordeb ar agor am 2 wythnos",
}


def annual() -> Document:
    return annual_report(DeliveryPlan.objects.get(year="2021-22", is_demo=False))


def council() -> Document:
    return leaflet(Organisation.objects.get(slug_en="torfaen"))


def round_() -> Document:
    return round_report(Round.objects.get(is_demo=False))


@pytest.mark.parametrize("path", PAGES)
def test_each_document_is_a_page_in_both_languages_with_the_rows_behind_its_figures(path: str) -> None:
    answer = Client().get(path)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert PAGES[path].replace("&#x27;", "'") in shown.replace("&#x27;", "'")
    assert f'href="{path}pdf/"' in shown
    assert f'href="{path}word/"' in shown


@pytest.mark.parametrize("make", [annual, council, round_])
def test_each_document_is_a_tagged_pdf_and_a_word_file_in_both_languages(
    make: Callable[[], Document], tmp_path: Path
) -> None:
    document = make()
    for language in ("en", "cy"):
        path = tmp_path / f"{language}.pdf"
        path.write_bytes(document.pdf(language))
        told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
        facts = dict(line.split(":", 1) for line in told.splitlines() if ":" in line)
        assert facts["Tagged"].strip() == "yes"
        assert make is not council or int(facts["Pages"]) <= 2
        word = Docx(io.BytesIO(document.word(language)))
        assert word.paragraphs[0].text == getattr(document.title, language)
        assert len(word.tables) == sum(1 for block in document.blocks if block.kind == "table")


def test_a_leaflet_names_the_stated_bids_of_its_council_and_no_inferred_topic() -> None:
    caerphilly = leaflet(Organisation.objects.get(slug_en="caerphilly"))
    cells = next(block.cells.en for block in caerphilly.blocks if block.key == "bids.table")
    assert [row.split(" | ")[1:] for row in cells.splitlines()[1:]] == [
        ["2022-23", "not published"], ["2022-23", "Digital Inclusion"],
    ]  # fmt: skip
    merthyr = leaflet(Organisation.objects.get(slug_en="merthyr-tydfil"))
    assert not any(block.key == "projects.table" for block in merthyr.blocks)  # its part in a project is our reading


def test_a_document_costs_a_known_number_of_queries() -> None:
    for path, most in (("/en/reports/annual/2021-22/", 45), ("/en/reports/councils/torfaen/", 30)):
        with CaptureQueriesContext(connection) as asked:
            Client().get(path)
        assert len(asked) <= most, path


def test_files_carry_their_language_in_their_name_and_strangers_get_nothing_else() -> None:
    client = Client()
    pdf = client.get("/cy/adroddiadau/cynghorau/caerdydd/pdf/")
    assert pdf.headers["Content-Disposition"] == 'attachment; filename="leaflet-caerdydd-cy.pdf"'
    word = client.get("/en/reports/rounds/2022-23/word/")
    assert word.headers["Content-Disposition"] == 'attachment; filename="round-2022-23-en.docx"'
    assert client.get("/en/reports/councils/wlga/").status_code == 404
    assert client.get("/en/reports/annual/1999-00/").status_code == 404
