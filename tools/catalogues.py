"""The Welsh catalogues: where each is, which strings belong in it, how it is read and written.

An app's Python files, `templates/<app>/` and `templates/emails/<app>*` belong to `<app>/locale` (the kernel's to that
of its folder); all the rest to the root `locale`. A string that the root has is not repeated in an app's catalogue.
Strings that only a library uses stand in the root with the comment `# library: <name>`; no extraction drops them.
"""

import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("kernel", "organisations", "accounts", "projects", "training", "fund", "board", "programme")
CATALOGUES = ("root", *APPS)
FOLDERS = {"root": "", "kernel": "wlga_portal/kernel"}  # where the name is not the folder
PLURALS = 6
PLURAL_FORMS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);"
HEADER = """\
# Welsh texts of the portal: {name}. `make messages` extracts, `make check` fails on an empty one.
msgid ""
msgstr ""
"Project-Id-Version: wlga-portal\\n"
"Language: cy\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""
# Babel's way of saying which argument of a function is the context, the text and its plural.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
TEMPLATE_KINDS = {".html", ".txt", ".xml", ".svg"}
Key = tuple[str, str]  # context, singular


class CatalogueError(Exception):
    """A sentence that says which file is wrong and how."""


@dataclass
class Source:
    """One text as the code has it; `plural` is empty for a text without one."""

    context: str
    singular: str
    plural: str = ""
    files: set[str] = field(default_factory=set)
    comments: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.context, self.singular


def path_of(name: str, root: Path = ROOT) -> Path:
    """The .po file of a catalogue."""
    return root / FOLDERS.get(name, name) / "locale/cy/LC_MESSAGES/django.po"


def owner(path: Path) -> str:
    """The catalogue that a file (relative to the project) belongs to."""
    parts = path.parts
    if parts[:2] == ("wlga_portal", "kernel"):
        return "kernel"
    if parts[0] in APPS:
        return parts[0]
    if parts[0] == "templates" and len(parts) > 2:
        if parts[1] in APPS:
            return parts[1]
        if parts[1] == "emails":
            return next((app for app in APPS if re.match(rf"{app}(?![a-z])", parts[2])), "root")
    return "root"


def source_files(root: Path = ROOT) -> Iterator[Path]:
    """Every file that may hold a text for people, relative to the project, in order."""
    for top in ("wlga_portal", *APPS):
        for path in sorted((root / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(root)
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in TEMPLATE_KINDS and path.is_file():
            yield path.relative_to(root)


def texts_in(path: Path, root: Path = ROOT) -> Iterator[Source]:
    """The texts of one file."""
    content = (root / path).read_text("utf-8")
    if path.parts[0] == "templates":
        # In brackets, because the template's indentation means nothing to Python.
        content = f"(\n{templatize(content, origin=str(path))}\n)"
    for _line, found, comments, context in extract(
        "python",
        io.BytesIO(content.encode()),
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    ):
        singular, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, "")
        yield Source(context or "", singular, plural, {path.as_posix()}, list(comments))


def extracted(root: Path = ROOT) -> dict[str, dict[Key, Source]]:
    """Catalogue -> the texts that the code has for it; what the root has is in no other."""
    result: dict[str, dict[Key, Source]] = {name: {} for name in CATALOGUES}
    for path in source_files(root):
        for source in texts_in(path, root):
            known = result[owner(path)].setdefault(source.key, source)
            if known is source:
                continue
            if known.plural and source.plural and known.plural != source.plural:
                raise CatalogueError(f"{path}: {source.singular!r} has another plural in {sorted(known.files)}.")
            known.plural = known.plural or source.plural
            known.files |= source.files
            known.comments += [text for text in source.comments if text not in known.comments]
    shared = set(result["root"]) | {key for key, message in read("root", root).items() if is_library(message)}
    for name in APPS:
        for key in shared & set(result[name]):
            source = result[name].pop(key)
            if key in result["root"] and source.plural:
                result["root"][key].plural = source.plural
    return result


def is_library(message: Message) -> bool:
    """Whether the text is one that only a library uses."""
    return any(comment.strip().startswith("library:") for comment in message.user_comments)


def singular_of(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (list, tuple)) else message.id


def key_of(message: Message) -> Key:
    return message.context or "", singular_of(message)


def strings_of(message: Message) -> tuple[str, ...]:
    """The Welsh of a text: one string, or one for each plural form."""
    return tuple(message.string) if isinstance(message.string, (list, tuple)) else (message.string or "",)


def parse(path: Path) -> Catalog:
    try:
        with path.open("rb") as handle:
            return read_po(handle, locale="cy", abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueError(f"{path} is not a readable catalogue: {error}") from error


def read(name: str, root: Path = ROOT) -> dict[Key, Message]:
    """The texts of a catalogue as its file has them; empty when there is no file."""
    path = path_of(name, root)
    return {key_of(message): message for message in parse(path) if message.id} if path.exists() else {}


def merged(name: str, sources: dict[Key, Source], known: dict[str, dict[Key, Message]]) -> Catalog:
    """The catalogue as it should be: Welsh kept, or taken from another that has the text; the unused dropped."""
    catalogue = Catalog(locale="cy")
    catalogue.mime_headers = [("Plural-Forms", PLURAL_FORMS)]  # Babel's own Welsh has five forms
    for key, source in sources.items():
        old = known[name].get(key) or next((known[other][key] for other in CATALOGUES if key in known[other]), None)
        strings = strings_of(old) if old else ("",)
        catalogue.add(
            id=(source.singular, source.plural) if source.plural else source.singular,
            string=(strings * PLURALS if len(strings) == 1 else strings) if source.plural else strings[-1],
            locations=[(file, 0) for file in sorted(source.files)],
            flags=old.flags & {"fuzzy"} if old else (),
            auto_comments=source.comments,
            user_comments=known[name][key].user_comments if key in known[name] else (),
            context=source.context or None,
        )
    if name == "root":
        for key, message in known["root"].items():
            if key not in sources and is_library(message):
                catalogue.add(
                    id=message.id,
                    string=message.string,
                    flags=message.flags & {"fuzzy"},
                    user_comments=message.user_comments,
                    context=message.context,
                )
    return catalogue


def text_of(name: str, catalogue: Catalog) -> str:
    """The file of a catalogue: sorted, without line numbers or dates, so that the same texts give the same bytes."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0, sort_output=True, omit_header=True, include_lineno=False)
    return HEADER.format(name=name, plural_forms=PLURAL_FORMS) + buffer.getvalue().decode().rstrip("\n") + "\n"


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file at once, so that no reader meets half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(content)
    fresh.replace(path)
