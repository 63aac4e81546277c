"""The catalogues of the interface's own words: collecting strings, compiling translations, without gettext.

`python -m quartierwerk.languages.catalogues extract|compile`. English is the language of the message ids, so
it has no catalogue. German holds every string, the other languages those that visitors meet (`is_for_staff`).
Entries are sorted and name files without lines, so that a diff shows only changed words.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from quartierwerk.languages.interface import INTERFACE_LANGUAGES

PACKAGE = Path(__file__).parents[1]
# Django's and our own names for "translate this", with the positions of their texts.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
# What writes into the journal; its first argument says what happened.
JOURNALLING = {"record", "record_security", "note_sign_in"}
NOT_FOR_READERS = {"tests", "migrations", "locale"}
# Who meets a string follows from the names of its file and folders (also staff_base, imports/). What is not named
# here counts as public: a mistake then costs a translation too many, never a visitor a page in the wrong language.
STAFF_FILES = ("staff", "commands", "checks", "cli", "jobs", "models", "imports", "import", "gallery")
STAFF_PACKAGES = {"intake", "journal", "operating", "translating", "versions"}
# Forms and words of public packages that only staff meet: files, and folders by their last stroke.
STAFF_PARTS = (
    "barriers/apps.py",
    "barriers/mails.py",
    "calendar/forms.py",
    "chain/rules.py",
    "directory/bulk/",
    "directory/editing/",
    "directory/files/forms.py",
    "directory/files/lists.py",
    "directory/mailing/",
    "directory/merging/",
    "directory/waiting.py",
    "directory/work.py",
    "languages/readability.py",
    "languages/states.py",
    "messages/kinds.py",
    "notices/forms.py",
    "participation/answering/",
    "participation/becoming_needs/",
    "participation/checking/",
    "participation/records.py",
    "participation/work.py",
    "planning/context/",
    "planning/digest/",
    "planning/editions/forms.py",
    "planning/editions/rules.py",
    "planning/files/",
    "planning/matrix/",
    "planning/measures/",
    "planning/menu.py",
    "planning/paper/council.py",
    "planning/paper/progress.py",
    "planning/parent/",
    "planning/principles/forms.py",
    "planning/principles/rules.py",
    "planning/readiness/",
    "planning/records.py",
    "planning/selfcheck/",
    "planning/showing/texts.py",
    "planning/steering/",
    "planning/strands/",
    "planning/work.py",
    "search/forms.py",
    "uploads/apps.py",
    "uploads/forms.py",
    "web/work.py",
)
# The page with one's own data names its fields by these; it names purposes as declared in records.py.
PUBLIC_PARTS = {
    "people/models.py",
    "protection/models.py",
    "messages/models.py",
    "journal/models.py",
    "journal/records.py",
    "journal/words.py",
}
# The mails of the own machine: a page for those who try Quartierwerk out.
STAFF_TEMPLATES = ("messages/templates/messages/public/",)
# Fixed, since a date of the last run would differ on every branch.
NO_DATE = datetime(2026, 11, 1, tzinfo=UTC)
# Languages of the back office besides English.
WHOLE = {"de"}
FRAME: dict[str, Any] = {
    "project": "Quartierwerk",
    "version": "1",
    "msgid_bugs_address": "none",
    "last_translator": "see the review states",
    "language_team": "none",
    "creation_date": NO_DATE,
    "revision_date": NO_DATE,
    "fuzzy": False,
}


def languages() -> dict[str, str]:
    """Folder under locale/ → the language whose plural rules hold there."""
    return {
        to_locale(language.code): language.code.split("-")[0]
        for language in INTERFACE_LANGUAGES
        if language.code != "en"
    }


def is_for_staff(location: str) -> bool:
    """Whether only staff meet the strings of a file, given as "quartierwerk/people/staff.py"."""
    package, _, inside = location.partition("/")[2].partition("/")
    names = (inside or package).partition(".")[0].split("/")
    if f"{package}/{inside}" in PUBLIC_PARTS:
        return False
    return (
        any(name == staff or name.startswith(f"{staff}_") for name in names for staff in STAFF_FILES)
        or package in STAFF_PACKAGES
        or f"{package}/{inside}".startswith(STAFF_PARTS + STAFF_TEMPLATES)
    )


def is_public(message: Message) -> bool:
    return not all(is_for_staff(location) for location, _line in message.locations)


def public_only(collected: Catalog) -> Catalog:
    """The strings that stand in every language's catalogue."""
    catalogue = Catalog(project="Quartierwerk", charset="utf-8")
    for message in collected:
        if message.id and is_public(message):
            catalogue[message.id] = message
    return catalogue


def collect(package: Path) -> Catalog:
    """Every string marked for translation in the Python files and templates below a folder."""
    catalogue = Catalog(project="Quartierwerk", charset="utf-8")
    for path in _sources(package):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # A Python-like text of calls; its indentation is the template's and would stop the tokenizer.
            text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
        found = extract("python", BytesIO(text.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})
        name = path.relative_to(package.parent).as_posix()
        for _line, message, comments, context in found:
            catalogue.add(message, locations=[(name, 1)], auto_comments=comments, context=context)
        if path.suffix == ".py":
            for message, context in in_formatted(text):
                catalogue.add(message, locations=[(name, 1)], context=context)
        if path.suffix == ".py" and path.stem.startswith("records"):
            for declared in _declared(text):
                catalogue.add(declared, locations=[(name, 1)])
        if path.suffix == ".py":
            for action in journalled(text):
                catalogue.add(action, locations=[(name, 1)])
    return catalogue


def in_formatted(text: str) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    """(string, context) of what is marked within f-strings: up to Python 3.11 these are one token, and unseen."""
    for node in ast.walk(ast.parse(text)):
        for call in ast.walk(node) if isinstance(node, ast.JoinedStr) else ():
            if not (
                isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
            ):
                continue
            said = [
                one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)
            ]
            context = said.pop(0) if "pgettext" in call.func.id and said else None
            if said:
                yield (tuple(said[:2]) if call.func.id.startswith("n") else said[0]), context


def refresh(folder: Path, locale: str, language: str, collected: Catalog) -> int:
    """Bring one catalogue up to date, keeping its translations; returns how many are missing.

    Nothing is guessed from similar strings: a wrong translation is worse than a missing one.
    """
    path = folder / locale / "LC_MESSAGES" / "django.po"
    catalogue = Catalog(language, **FRAME)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, ignore_obsolete=True)
    catalogue.update(collected, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# The interface's words: {locale}"
    content = BytesIO()
    write_po(content, catalogue, sort_output=True, include_lineno=False, ignore_obsolete=True, width=110)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_bytes() != content.getvalue():
        path.write_bytes(content.getvalue())
    return sum(not _is_translated(message.string) for message in catalogue if message.id)


def compile_all(folder: Path) -> list[str]:
    """Write each .mo beside its .po; returns what is wrong with translations, which are left out then."""
    wrong = []
    for path in sorted(folder.glob("*/LC_MESSAGES/django.po")):
        locale = path.parts[-3]
        with path.open("rb") as file:
            catalogue = read_po(file, locale=languages().get(locale, locale))
        errors = [(message, str(error)) for message, found in catalogue.check() for error in found]
        errors += [(message, lost) for message in catalogue if message.id and (lost := _lost(message))]
        for message, error in errors:
            wrong.append(f"{locale}: {message.id!r}: {error}")
            message.string = ""
        for message in catalogue:
            # Else the English plural would be written here and hide the German one that stands in for it.
            if message.id and not _is_translated(message.string):
                message.string = ""
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalogue)
    return wrong


def _sources(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*")):
        inside = path.relative_to(package).parts
        template = path.suffix in (".html", ".txt") and "templates" in inside
        if (path.suffix == ".py" or template) and not NOT_FOR_READERS & set(inside):
            yield path


def _declared(text: str) -> Iterator[str]:
    """Words of declarations to the privacy registry, which are shown translated: purposes and why not shown."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.keyword) and node.arg in ("purpose", "withheld"):
            values = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
            yield from (
                value.value
                for value in values
                if isinstance(value, ast.Constant) and isinstance(value.value, str)
            )


def journalled(text: str) -> Iterator[str]:
    """Actions that the code writes into the journal, which everybody reads about herself."""
    if not any(name in text for name in (*JOURNALLING, "done=")):
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in JOURNALLING and node.args:
            yield from _literals(node.args[0])
        for keyword in node.keywords:
            if keyword.arg == "done":
                yield from _literals(keyword.value)


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value


def _lost(message: Message) -> str:
    """What a translation fails to say. Plural forms may do without their number ("one offer")."""
    if isinstance(message.id, str) and isinstance(message.string, str) and message.string:
        lost = set(PLACEHOLDER.findall(message.id)) - set(PLACEHOLDER.findall(message.string))
        return f"the translation lacks {', '.join(sorted(lost))}" if lost else ""
    return ""


def _is_translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) and all(string or ())


def main(arguments: list[str]) -> int:
    folder = PACKAGE / "locale"
    if arguments == ["compile"]:
        for error in compile_all(folder):
            print(error, file=sys.stderr)
        return 0
    if arguments == ["extract"]:
        collected = collect(PACKAGE)
        print(f"{len(collected)} strings")
        public = public_only(collected)
        print(f"{len(public)} of them public")
        for locale, language in languages().items():
            wanted = collected if locale in WHOLE else public
            print(f"{locale}: {refresh(folder, locale, language, wanted)} without translation")
        return 0
    print("Say extract or compile.", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
