import gettext
from pathlib import Path

import pytest

from quartierwerk.languages import catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy

title = _("Offers near you")
state = pgettext_lazy("of an offer", "open")


def count(number):
    return ngettext("%(number)d offer", "%(number)d offers", number) % {"number": number}
"""
TEMPLATE = """{% load i18n %}
<div>
      <h1 class='it"s'>{% translate "What is missing?" %}</h1>
  {% blocktranslate count places=rows|length trimmed %}
      {{ places }} place
  {% plural %}
      {{ places }} places
  {% endblocktranslate %}
</div>
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    templates = tmp_path / "package" / "web" / "templates" / "web"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text(TEMPLATE)
    (tmp_path / "package" / "web" / "staff.py").write_text(PYTHON)
    tests = tmp_path / "package" / "web" / "tests"
    tests.mkdir()
    (tests / "test_web.py").write_text('_("never shown")')
    return tmp_path / "package"


def po(folder: Path, locale: str) -> Path:
    return folder / locale / "LC_MESSAGES" / "django.po"


def translate(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def read(path: Path) -> gettext.GNUTranslations:
    with path.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def test_strings_of_code_and_templates_are_found_and_those_of_tests_not(package):
    ids = {message.id for message in catalogues.collect(package) if message.id}
    assert ids == {
        "Offers near you",
        "open",
        ("%(number)d offer", "%(number)d offers"),
        "What is missing?",
        ("%(places)s place", "%(places)s places"),
    }


def test_translations_survive_a_refresh_and_reach_the_reader(package, tmp_path):
    collected = catalogues.collect(package)
    assert catalogues.refresh(tmp_path, "de", "de", collected) == 5
    path = po(tmp_path, "de")
    translate(path, 'msgid "open"\nmsgstr ""', 'msgid "open"\nmsgstr "offen"')
    forms = 'msgid_plural "%(number)d offers"\nmsgstr[{}] ""'
    translate(path, forms.format(0), 'msgid_plural "%(number)d offers"\nmsgstr[0] "%(number)d Angebot"')
    translate(path, 'Angebot"\nmsgstr[1] ""', 'Angebot"\nmsgstr[1] "%(number)d Angebote"')
    assert catalogues.refresh(tmp_path, "de", "de", collected) == 3
    assert catalogues.compile_all(tmp_path) == []
    german = read(path)
    assert german.pgettext("of an offer", "open") == "offen"
    assert german.ngettext("%(number)d offer", "%(number)d offers", 5) == "%(number)d Angebote"
    assert german.gettext("Offers near you") == "Offers near you"


def test_refresh_without_changes_leaves_the_same_bytes(package, tmp_path):
    catalogues.refresh(tmp_path, "ar", "ar", catalogues.collect(package))
    before = po(tmp_path, "ar").read_bytes()
    catalogues.refresh(tmp_path, "ar", "ar", catalogues.collect(package))
    assert po(tmp_path, "ar").read_bytes() == before


def test_moved_lines_do_not_show_in_the_catalogue(package, tmp_path):
    catalogues.refresh(tmp_path, "de", "de", catalogues.collect(package))
    before = po(tmp_path, "de").read_bytes()
    source = package / "web" / "staff.py"
    source.write_text("\n\n\n" + source.read_text())
    catalogues.refresh(tmp_path, "de", "de", catalogues.collect(package))
    assert po(tmp_path, "de").read_bytes() == before


def test_similar_new_string_is_not_given_the_old_translation(package, tmp_path):
    catalogues.refresh(tmp_path, "de", "de", catalogues.collect(package))
    path = po(tmp_path, "de")
    translate(
        path, 'msgid "Offers near you"\nmsgstr ""', 'msgid "Offers near you"\nmsgstr "Angebote in der Nähe"'
    )
    source = package / "web" / "staff.py"
    source.write_text(source.read_text().replace("Offers near you", "Offers near me"))
    catalogues.refresh(tmp_path, "de", "de", catalogues.collect(package))
    assert "Nähe" not in path.read_text()
    assert "fuzzy" not in path.read_text()


def test_translations_with_wrong_placeholders_are_named_and_left_out(package, tmp_path):
    (package / "web" / "staff.py").write_text('_("Hello %(name)s")\nngettext("%(n)d day", "%(n)d days", n)')
    catalogues.refresh(tmp_path, "fr", "fr", catalogues.collect(package))
    path = po(tmp_path, "fr")
    translate(path, 'Hello %(name)s"\nmsgstr ""', 'Hello %(name)s"\nmsgstr "Bonjour"')
    translate(
        path, 'days"\nmsgstr[0] ""\nmsgstr[1] ""', 'days"\nmsgstr[0] "un jour"\nmsgstr[1] "%(jours)d jours"'
    )
    problems = sorted(catalogues.compile_all(tmp_path))
    assert len(problems) == 2
    assert problems[0].startswith("fr: 'Hello %(name)s': the translation lacks %(name)s")
    assert problems[1].startswith("fr: ('%(n)d day'")
    assert read(path).gettext("Hello %(name)s") == "Hello %(name)s"
    assert read(path).ngettext("%(n)d day", "%(n)d days", 2) == "%(n)d days"


def test_singular_may_spell_its_number_out(package, tmp_path):
    catalogues.refresh(tmp_path, "fr", "fr", catalogues.collect(package))
    forms = 'msgstr[0] "{}"\nmsgstr[1] "{}"'
    translate(
        po(tmp_path, "fr"),
        'd offers"\n' + forms.format("", ""),
        'd offers"\n' + forms.format("une offre", "%(number)d offres"),
    )
    assert catalogues.compile_all(tmp_path) == []
    assert read(po(tmp_path, "fr")).ngettext("%(number)d offer", "%(number)d offers", 1) == "une offre"


def test_easy_german_has_a_folder_that_django_finds_and_german_plurals():
    assert catalogues.languages()["de_Simple"] == "de"
    assert "en" not in catalogues.languages()


def test_purposes_declared_to_the_privacy_registry_are_found(package):
    (package / "web" / "records.py").write_text(
        'register(Offer, purpose="Residents find help", retention="x", withheld={"key": "a secret"})'
    )
    ids = {message.id for message in catalogues.collect(package)}
    assert {"Residents find help", "a secret"} <= ids
    assert not {"x", "key"} & ids


def test_strings_within_formatted_ones_are_found():
    text = """
found = f"<b>{escape(gettext('Why found:'))}</b> {_('Next')} {pgettext('month', 'May')} {words}"
other = f"{ngettext('%(n)s day', '%(n)s days', n)} {name}"
"""
    assert set(catalogues.in_formatted(text)) == {
        ("Why found:", None), ("Next", None), ("May", "month"), (("%(n)s day", "%(n)s days"), None),
    }  # fmt: skip
