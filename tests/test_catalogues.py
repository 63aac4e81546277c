"""The interface's words in nine languages: complete where they must be, and none that breaks a page.

What visitors meet stands in all nine languages, what staff meet in English (the message ids) and German. Which is
which follows from the file a string stands in (`catalogues.is_for_staff`): the names staff, commands, checks,
cli, jobs, models, imports and gallery of a file or folder, and a few packages and files named there, are staff's;
everything else is public, also where staff see it too.

A language that is not in COMPLETE says how much it lacks and does not fail.
"""

import gettext
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from quartierwerk.languages import catalogues

# Adding a language here is the last step of filling its file.
COMPLETE = {"de", "de_Simple", "fr", "ar", "fa", "uk", "ru", "tr"}

LOCALES = catalogues.languages()
TAG = re.compile(r"<[^<>]*>")


@cache
def collected() -> Catalog:
    return catalogues.collect(catalogues.PACKAGE)


def po(locale: str) -> Path:
    return catalogues.PACKAGE / "locale" / locale / "LC_MESSAGES" / "django.po"


@cache
def catalogue(locale: str) -> Catalog:
    with po(locale).open("rb") as file:
        return read_po(file, locale=LOCALES[locale])


def wanted(locale: str) -> list[Message]:
    whole = collected() if locale in catalogues.WHOLE else catalogues.public_only(collected())
    return [message for message in whole if message.id]


def forms(string) -> list[str]:
    return [form for form in ([string] if isinstance(string, str) else string or ()) if form]


def translated(locale: str) -> list[tuple[Message, list[str]]]:
    return [(m, forms(m.string)) for m in catalogue(locale) if m.id and forms(m.string)]


def missing_in(locale: str) -> list[str]:
    plurals = catalogue(locale).num_plurals
    known = {
        (message.context, message.id)
        for message in catalogue(locale)
        if message.id and len(forms(message.string)) == (plurals if message.pluralizable else 1)
    }
    return [str(message.id) for message in wanted(locale) if (message.context, message.id) not in known]


@pytest.mark.parametrize("locale", LOCALES)
def test_no_string_is_missing(locale):
    missing = missing_in(locale)
    if missing and locale not in COMPLETE:
        pytest.skip(f"{locale}: {len(missing)} of {len(wanted(locale))} public strings wait for a translator")
    assert missing == [], "run `python3 tool.py messages`, then translate these"


@pytest.mark.parametrize(
    ("location", "staff"),
    [
        ("quartierwerk/directory/showing/public.py", False),
        ("quartierwerk/directory/templates/directory/public/offer.html", False),
        ("quartierwerk/web/templates/web/parts/menu.html", False),
        ("quartierwerk/people/templates/account/login.html", False),
        ("quartierwerk/people/sign_in_forms.py", False),
        ("quartierwerk/people/models.py", False),
        ("quartierwerk/new_package/anything.py", False),
        ("quartierwerk/directory/editing/forms.py", True),
        ("quartierwerk/directory/templates/directory/staff/offers.html", True),
        ("quartierwerk/web/templates/web/staff_base.html", True),
        ("quartierwerk/directory/files/imports/plan.py", True),
        ("quartierwerk/messages/commands.py", True),
        ("quartierwerk/people/records_of_libraries.py", False),
        ("quartierwerk/cli.py", True),
        ("quartierwerk/places/models.py", True),
    ],
)
def test_who_meets_a_string_follows_from_its_file(location, staff):
    assert catalogues.is_for_staff(location) is staff


def test_string_of_a_staff_page_is_public_once_a_public_page_has_it_too():
    message = Message("Phone", locations=[("quartierwerk/a/staff.py", 1), ("quartierwerk/a/public.py", 1)])
    assert catalogues.is_public(message)


@pytest.mark.parametrize("locale", LOCALES)
def test_placeholders_are_the_same(locale):
    wrong = []
    for message, strings in translated(locale):
        needed = set(
            catalogues.PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1])
        )
        for number, string in enumerate(strings):
            found = set(catalogues.PLACEHOLDER.findall(string))
            # "One offer" may do without its number; the form for many may not.
            last = number == len(strings) - 1
            if not found <= needed or (last and found != needed):
                wrong.append((message.id, string))
        wrong += [(message.id, str(error)) for error in message.check(catalogue(locale))]
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_plural_forms_follow_the_languages_own_rule(locale):
    rule = get_plural(LOCALES[locale])
    assert catalogue(locale).num_plurals == rule.num_plurals
    assert catalogue(locale).plural_expr == rule.plural_expr
    halves = [
        message.id
        for message in catalogue(locale)
        if message.pluralizable and 0 < len(forms(message.string)) < rule.num_plurals
    ]
    assert halves == []
    choose = gettext.c2py(rule.plural_expr)
    assert {choose(number) for number in (0, 1, 2, 3, 11, 100)} == set(range(rule.num_plurals))


@pytest.mark.parametrize("locale", LOCALES)
def test_markup_line_ends_and_edges_are_as_in_the_original(locale):
    wrong = []
    for message, strings in translated(locale):
        original = message.id if isinstance(message.id, str) else message.id[1]
        for string in strings:
            if (
                Counter(TAG.findall(string)) != Counter(TAG.findall(original))
                or string.count("<") != original.count("<")
                or string.count("\n") != original.count("\n")
                or edges(string) != edges(original)
                or "{%" in string
            ):
                wrong.append((original, string))
    assert wrong == []


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_half_done(locale):
    assert [message.id for message in catalogue(locale) if message.id and message.fuzzy] == []


def edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def words(locale: str) -> list[str]:
    return [string for _message, strings in translated(locale) for string in strings]


# Tone: ux/README. Informal address, shouting and regret have no place on an office's page.
@pytest.mark.parametrize("locale", ["de", "de_Simple"])
@pytest.mark.parametrize(
    "avoided", [r"!", r"\b[Ll]eider\b", r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[mnrs]?)\b", r"\.\.\."]
)
def test_german_keeps_its_tone(locale, avoided):
    assert [string for string in words(locale) if re.search(avoided, string)] == []


@pytest.mark.parametrize("locale", ["de", "de_Simple"])
def test_german_quotation_marks_are_german(locale):
    quoted = re.compile("[\"'“](?=\\w)|”")
    assert [string for string in words(locale) if quoted.search(TAG.sub("", string))] == []


LONGEST_EASY_SENTENCE = 12  # words


def test_easy_language_has_short_sentences():
    long = [
        sentence
        for string in words("de_Simple")
        for sentence in re.split(r"(?<=[.?:])\s+", string)
        if len(sentence.split()) > LONGEST_EASY_SENTENCE
    ]
    assert long == []


def test_a_missing_translation_shows_german_not_english(tmp_path):
    """Also for plurals, whose English forms would otherwise be written into the compiled catalogue."""
    source = tmp_path / "quartierwerk" / "public.py"
    source.parent.mkdir()
    source.write_text('ngettext("%(n)s offer", "%(n)s offers", n)\n_("Offers")')
    catalogues.refresh(tmp_path, "uk", "uk", catalogues.collect(source.parent))
    assert catalogues.compile_all(tmp_path) == []
    with (tmp_path / "uk" / "LC_MESSAGES" / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert [key for key in compiled._catalog if key] == []
