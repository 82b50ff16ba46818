"""Extracts the texts of the code and the templates into the Welsh catalogues, and checks them.

    python -m tools.messages [CATALOGUE ...]           bring the named catalogues (or all) up to date
    python -m tools.messages --check [CATALOGUE ...]   exit 1 with a line for each fault

A catalogue is `root` or an app's name. Bringing up to date keeps the Welsh, adds new texts with an empty Welsh (or
the Welsh that another catalogue has), drops the unused, and never guesses. `--check` finds: a catalogue that is not
up to date; an empty or fuzzy Welsh; a typewriter's apostrophe in it; placeholders or tags that differ between the
languages; plurals that are not six; one text with two different Welsh translations.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Message

from . import catalogues
from .catalogues import CATALOGUES, PLURALS, ROOT, CatalogueError, Key

PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|(?<!%)%[sd]|\{\w*\}")
TAG = re.compile(r"</?([a-z][a-z0-9]*)\b[^>]*>")
CONVERTER = re.compile(r"<[^>]+>")
STRAIGHT = re.compile(r"[\w)”]'\w")
# "no course", "one course" and "two courses" may do without the figure, in Welsh as in English.
FORMS_WITHOUT_FIGURE = 3


def marks(text: str, context: str) -> list[str]:
    """What must be the same in both languages: placeholders, tags, the converters of a URL."""
    tags = CONVERTER.findall(text) if context == "url" else [match.group(0).split()[0] for match in TAG.finditer(text)]
    return sorted(PLACEHOLDER.findall(text) + tags)


def faults_of(message: Message) -> Iterator[str]:
    """Each thing that is wrong with one text."""
    strings = catalogues.strings_of(message)
    context = message.context or ""
    if message.fuzzy:
        yield "is fuzzy"
    if not all(text.strip() for text in strings):
        yield "has no Welsh"
        return
    if any(STRAIGHT.search(text) for text in strings):
        yield "has a straight apostrophe in Welsh: write ’"
    if isinstance(message.id, (list, tuple)):
        if len(strings) != PLURALS:
            yield f"has {len(strings)} plural forms, not {PLURALS}"
        allowed = set(marks(message.id[0], context)) | set(marks(message.id[1], context))
        for number, text in enumerate(strings):
            missing, extra = allowed - set(marks(text, context)), set(marks(text, context)) - allowed
            if extra or len(missing) > (1 if number < FORMS_WITHOUT_FIGURE else 0):
                yield f"has other placeholders or tags in plural form {number}"
    elif marks(strings[0], context) != marks(catalogues.singular_of(message), context):
        yield "has other placeholders or tags in Welsh"


def quarrels(known: dict[str, dict[Key, Message]]) -> Iterator[tuple[str, str]]:
    """Texts that two catalogues translate differently: people would read whichever was loaded last."""
    first: dict[Key, tuple[str, tuple[str, ...]]] = {}
    for name in CATALOGUES:
        for key, message in known[name].items():
            other, strings = first.setdefault(key, (name, catalogues.strings_of(message)))
            if strings != catalogues.strings_of(message):
                yield name, f"{key[1]!r} is translated differently in {other}"


def check(names: Iterable[str], root: Path = ROOT) -> list[str]:
    """The faults of the named catalogues, one line each."""
    sources = catalogues.extracted(root)
    known = {name: catalogues.read(name, root) for name in CATALOGUES}
    faults = []
    for name in names:
        path = catalogues.path_of(name, root)
        where = path.relative_to(root)
        library = {key for key, message in known[name].items() if name == "root" and catalogues.is_library(message)}
        faults += [
            f"{where}: {key[1]!r} is not in it: run make messages" for key in sources[name] if key not in known[name]
        ]
        faults += [
            f"{where}: {key[1]!r} is used nowhere: run make messages"
            for key in known[name]
            if key not in sources[name] and key not in library
        ]
        text = catalogues.text_of(name, catalogues.merged(name, sources[name], known))
        current = path.read_text("utf-8") if path.exists() else ""
        if text != current and (current or sources[name]) and not any(f"{where}:" in fault for fault in faults):
            faults.append(f"{where}: not up to date: run make messages")
        for message in known[name].values():
            faults += [f"{where}: {catalogues.singular_of(message)!r} {fault}" for fault in faults_of(message)]
    faults += [
        f"{catalogues.path_of(name, root).relative_to(root)}: {fault}"
        for name, fault in quarrels(known)
        if name in names
    ]
    return faults


def update(names: Iterable[str], root: Path = ROOT) -> list[str]:
    """Write the named catalogues; a line for each that changed."""
    sources = catalogues.extracted(root)
    known = {name: catalogues.read(name, root) for name in CATALOGUES}
    lines = []
    for name in names:
        path = catalogues.path_of(name, root)
        catalogue = catalogues.merged(name, sources[name], known)
        text = catalogues.text_of(name, catalogue)
        if (path.exists() or len(catalogue)) and (not path.exists() or path.read_text("utf-8") != text):
            catalogues.write_whole(path, text.encode())
            empty = sum(not all(catalogues.strings_of(message)) for message in catalogue if message.id)
            lines.append(f"{path.relative_to(root)}: {len(catalogue)} texts, {empty} without Welsh")
    return lines


def main(arguments: list[str]) -> int:
    names = [argument for argument in arguments if argument != "--check"] or list(CATALOGUES)
    if not set(names) <= set(CATALOGUES):
        print(__doc__)
        return 2
    try:
        if "--check" in arguments:
            faults = check(names)
            print("\n".join(faults) or f"Welsh catalogues: all of {', '.join(names)} in order.")
            return 1 if faults else 0
        print("\n".join(update(names)) or "The catalogues were up to date.")
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
