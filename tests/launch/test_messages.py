"""The Welsh catalogues: every text is found, nothing translated is lost, every fault is reported."""

import gettext
import re
from pathlib import Path

import pytest

from tools import catalogues, compile_messages, messages
from tools.catalogues import CATALOGUES, ROOT, CatalogueError

FILES = {
    "fund/views.py": """
from django.utils.translation import gettext as _, ngettext, npgettext, pgettext_lazy
greeting = _("Hello %(name)s")
number = ngettext("one bid", "%(count)d bids", 3)
address = pgettext_lazy("url", "bids/<int:pk>/")
shared = _("Close")
month = npgettext("month", "May", "Mays", 2)
""",
    "board/views.py": 'label = _("Save")\n',
    "wlga_portal/kernel/forms.py": 'label = _("Kernel")\n',
    "wlga_portal/settings.py": 'name = _("The portal")\n',
    "fund/migrations/0001_initial.py": 'label = _("Not a text")\n',
    "templates/base.html": '{% translate "Close" %} {% blocktranslate %}100% of {{ a }}{% endblocktranslate %}',
    "templates/fund/bid.html": """
{% extends "base.html" %}
   {% if (a %} 'unbalanced ( " quote
 {# Translators: a button #}
 {% translate "It's me" as foo %}
     {% blocktranslate count n=n trimmed %}
        One <b>thing</b>
     {% plural %}
        {{ n }} <b>things</b>
     {% endblocktranslate %}
  {% include "x" with label=_("A label") only %} {{ _("Variable")|upper }}
""",
    "templates/emails/fund_received.txt": '{% translate "Received" %}',
    "templates/emails/digest.txt": '{% translate "Digest" %}',
    "templates/fund/picture.png": "not a template",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        write(tmp_path, name, content)
    return tmp_path


def write(root: Path, name: str, content: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(content, encoding="utf-8")


def po(root: Path, name: str) -> Path:
    return catalogues.path_of(name, root)


def translate(root: Path, name: str, text: str, welsh: str) -> None:
    """Put the Welsh of one text into its catalogue by hand, all plural forms alike."""
    content = po(root, name).read_text("utf-8")
    head, found, rest = content.partition(f'msgid "{text}"\n')
    assert found, f"{text} is not in {name}"
    entry, blank, tail = rest.partition("\n\n")
    lines = [line.rsplit('"', 2)[0] + f'"{welsh}"' if line.startswith("msgstr") else line for line in entry.split("\n")]
    po(root, name).write_text(head + found + "\n".join(lines) + blank + tail, encoding="utf-8")


def test_each_text_goes_to_the_catalogue_of_its_file(root: Path) -> None:
    assert {name: {key[1] for key in texts} for name, texts in catalogues.extracted(root).items() if texts} == {
        "root": {"The portal", "Close", "100%% of %(a)s", "Digest"},
        "kernel": {"Kernel"},
        "fund": {
            "Hello %(name)s", "one bid", "bids/<int:pk>/", "May", "It's me", "One <b>thing</b>", "A label", "Variable",
            "Received",
        },
        "board": {"Save"},
    }  # fmt: skip


def test_contexts_plurals_and_notes_are_kept(root: Path) -> None:
    fund = catalogues.extracted(root)["fund"]
    assert fund["month", "May"].plural == "Mays"
    assert fund["", "One <b>thing</b>"].plural == "%(n)s <b>things</b>"
    assert fund["", "It's me"].comments == ["a button"]
    assert ("url", "bids/<int:pk>/") in fund


def test_no_file_calls_gettext_by_a_name_that_is_not_extracted():
    alias = re.compile(r"\b(?:n|p|np)?gettext(?:_lazy|_noop)? as (\w+)")
    used = {name for path in catalogues.source_files() for name in alias.findall((ROOT / path).read_text("utf-8"))}
    assert used <= set(catalogues.KEYWORDS)


def test_a_second_run_changes_nothing(root: Path) -> None:
    assert len(messages.update(CATALOGUES, root)) == 4
    before = po(root, "fund").read_bytes()
    assert messages.update(CATALOGUES, root) == []
    assert po(root, "fund").read_bytes() == before
    assert b"msgstr[5]" in before
    assert b"fuzzy" not in before


def test_only_the_named_catalogues_are_written(root: Path) -> None:
    messages.update(["fund"], root)
    assert po(root, "fund").exists()
    assert not po(root, "root").exists()


def test_welsh_is_kept_and_what_the_code_no_longer_has_is_dropped(root: Path) -> None:
    messages.update(CATALOGUES, root)
    translate(root, "board", "Save", "Cadw")
    write(root, "board/views.py", 'label = _("Save"); other = _("Open")\n')
    messages.update(CATALOGUES, root)
    assert catalogues.strings_of(catalogues.read("board", root)["", "Save"]) == ("Cadw",)
    write(root, "board/views.py", 'other = _("Open")\n')
    messages.update(CATALOGUES, root)
    assert set(catalogues.read("board", root)) == {("", "Open")}


def test_a_text_that_moves_to_another_catalogue_takes_its_welsh_along(root: Path) -> None:
    messages.update(CATALOGUES, root)
    translate(root, "board", "Save", "Cadw")
    write(root, "templates/base.html", '{% translate "Save" %}')
    messages.update(CATALOGUES, root)
    assert catalogues.strings_of(catalogues.read("root", root)["", "Save"]) == ("Cadw",)
    assert ("", "Save") not in catalogues.read("board", root)


def test_a_text_that_gets_a_plural_starts_from_its_welsh(root: Path) -> None:
    messages.update(CATALOGUES, root)
    translate(root, "board", "Save", "Cadw")
    write(root, "board/views.py", 'label = ngettext("Save", "Save all", 2)\n')
    messages.update(CATALOGUES, root)
    assert catalogues.strings_of(catalogues.read("board", root)["", "Save"]) == ("Cadw",) * 6


def test_a_plural_somewhere_makes_the_shared_text_a_plural(root: Path) -> None:
    write(root, "board/views.py", 'label = ngettext("Close", "Close all", 2)\n')
    assert catalogues.extracted(root)["root"]["", "Close"].plural == "Close all"


def test_a_librarys_text_stays_though_no_code_has_it(root: Path) -> None:
    messages.update(CATALOGUES, root)
    with po(root, "root").open("a", encoding="utf-8") as handle:
        handle.write('\n# library: django\nmsgid "This field is required."\nmsgstr "Mae angen y maes hwn."\n')
    messages.update(CATALOGUES, root)
    assert ("", "This field is required.") in catalogues.read("root", root)
    assert not [fault for fault in messages.check(["root"], root) if "required" in fault or "up to date" in fault]


def test_two_plurals_of_one_text_are_refused(root: Path) -> None:
    write(root, "fund/forms.py", 'label = ngettext("one bid", "many bids", 2)\n')
    with pytest.raises(CatalogueError, match=r"'one bid' has another plural in"):
        catalogues.extracted(root)


def test_a_broken_catalogue_is_named(root: Path) -> None:
    write(root, "fund/locale/cy/LC_MESSAGES/django.po", 'msgid "a\n')
    with pytest.raises(CatalogueError, match="is not a readable catalogue"):
        messages.check(["fund"], root)


def complete(root: Path) -> None:
    """Catalogues without a fault."""
    for path in ("fund", "board", "wlga_portal", "templates"):
        for file in (root / path).rglob("*"):
            if file.is_file():
                file.unlink()
    write(root, "board/views.py", 'a = _("Save"); b = _("Hello %(name)s"); c = pgettext("url", "bids/<int:pk>/")\n')
    write(root, "fund/views.py", 'd = ngettext("one <b>bid</b>", "%(count)d <b>bids</b>", 2)\n')
    messages.update(CATALOGUES, root)
    translate(root, "board", "Save", "Cadw")
    translate(root, "board", "Hello %(name)s", "Helo %(name)s")
    translate(root, "board", "bids/<int:pk>/", "ceisiadau/<int:pk>/")
    translate(root, "fund", "one <b>bid</b>", "%(count)d <b>cais</b>")


def test_complete_catalogues_have_no_fault(root: Path) -> None:
    complete(root)
    assert messages.check(CATALOGUES, root) == []


OTHER = "has other placeholders or tags in"


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("board", 'msgstr "Cadw"', 'msgstr ""', "'Save' has no Welsh"),
        ("board", 'msgstr "Cadw"', 'msgstr "Cadw\'r testun"', "'Save' has a straight apostrophe in Welsh: write ’"),
        ("board", 'msgid "Save"', '#, fuzzy\nmsgid "Save"', "'Save' is fuzzy"),
        ("board", "Helo %(name)s", "Helo %(enw)s", f"'Hello %(name)s' {OTHER} Welsh"),
        ("board", "ceisiadau/<int:pk>", "ceisiadau/<str:pk>", f"'bids/<int:pk>/' {OTHER} Welsh"),
        ("fund", '[4] "%(count)d <b>cais', '[4] "<b>cais', f"'one <b>bid</b>' {OTHER} plural form 4"),
        ("fund", '[1] "%(count)d <b>', '[1] "%(count)d <i>', f"'one <b>bid</b>' {OTHER} plural form 1"),
        ("fund", 'msgstr[5] "%(count)d <b>cais</b>"\n', "", "'one <b>bid</b>' has no Welsh"),
        ("board", 'msgid "Save"', 'msgid "Gone"', "'Save' is not in it: run make messages"),
        ("board", 'msgid "Save"', 'msgid "Gone"', "'Gone' is used nowhere: run make messages"),
        ("board", "# Welsh texts", "# Texts", "not up to date: run make messages"),
    ],
)
def test_each_fault_is_reported(root: Path, name: str, old: str, new: str, fault: str) -> None:
    complete(root)
    content = po(root, name).read_text("utf-8")
    assert old in content
    po(root, name).write_text(content.replace(old, new), encoding="utf-8")
    found = messages.check(CATALOGUES, root)
    assert any(line.endswith(fault) for line in found), found


def test_a_catalogue_of_another_plural_rule_is_reported(root: Path) -> None:
    complete(root)
    content = po(root, "fund").read_text("utf-8").replace("nplurals=6", "nplurals=5")
    po(root, "fund").write_text(content.replace('msgstr[5] "%(count)d <b>cais</b>"\n', ""), encoding="utf-8")
    assert any("has 5 plural forms, not 6" in fault for fault in messages.check(["fund"], root))


def test_the_first_plural_forms_may_do_without_the_figure(root: Path) -> None:
    complete(root)
    content = po(root, "fund").read_text("utf-8")
    po(root, "fund").write_text(content.replace('[1] "%(count)d <b>', '[1] "un <b>'), encoding="utf-8")
    assert messages.check(CATALOGUES, root) == []


def test_two_welsh_translations_of_one_text_are_a_quarrel(root: Path) -> None:
    complete(root)
    write(root, "fund/forms.py", 'a = _("Save")\n')
    messages.update(CATALOGUES, root)
    assert messages.check(CATALOGUES, root) == []
    translate(root, "fund", "Save", "Arbed")
    assert any("'Save' is translated differently in fund" in fault for fault in messages.check(CATALOGUES, root))


def test_compiled_catalogues_have_the_six_plurals(root: Path) -> None:
    complete(root)
    content = po(root, "fund").read_text("utf-8")
    for number in range(6):
        content = content.replace(f'msgstr[{number}] "%(count)d', f'msgstr[{number}] "{number}: %(count)d')
    po(root, "fund").write_text(content, encoding="utf-8")
    assert compile_messages.compile_all(root) == ["fund", "board"]
    with po(root, "fund").with_suffix(".mo").open("rb") as handle:
        welsh = gettext.GNUTranslations(handle)
    forms = [welsh.ngettext("one <b>bid</b>", "%(count)d <b>bids</b>", n)[0] for n in (0, 1, 2, 3, 4, 5, 6, 7, 100)]
    assert forms == ["0", "1", "2", "3", "5", "5", "4", "5", "5"]


def test_command_line(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    complete(root)
    check, update, compile_all = messages.check, messages.update, compile_messages.compile_all
    monkeypatch.setattr(messages, "check", lambda names: check(names, root))
    monkeypatch.setattr(messages, "update", lambda names: update(names, root))
    monkeypatch.setattr(compile_messages, "compile_all", lambda: compile_all(root))
    assert messages.main(["--check"]) == 0
    assert messages.main([]) == 0
    assert compile_messages.main() == 0
    write(root, "fund/forms.py", 'a = _("New")\n')
    assert messages.main(["--check", "fund"]) == 1
    assert messages.main(["fund"]) == 0
    assert messages.main(["nonsense"]) == 2
    write(root, "fund/locale/cy/LC_MESSAGES/django.po", 'msgid "a\n')
    assert messages.main(["fund"]) == 1
    assert compile_messages.main() == 1
    printed = capsys.readouterr()
    assert "in order" in printed.out
    assert "Compiled: fund, board." in printed.out
    assert "fund/locale/cy/LC_MESSAGES/django.po: 'New' is not in it: run make messages" in printed.out
    assert printed.err.count("is not a readable catalogue") == 2
