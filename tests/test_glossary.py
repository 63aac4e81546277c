"""Code is English, the field speaks German, and GLOSSARY.md says which word stands for which."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation import override

from quartierwerk.languages import catalogues

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| `(\w+)` \| ([^|]+?) \| ([^|]+?) \|$", re.MULTILINE)


@cache
def glossary() -> dict[str, str]:
    return {
        code: german
        for code, german, _note in ROW.findall((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))
    }


@cache
def german() -> dict[str, set[str]]:
    """English string → its German ones, read from the source: the compiled catalogue may be older."""
    words: dict[str, set[str]] = {}
    path = catalogues.PACKAGE / "locale" / "de" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        for message in read_po(file, locale="de"):
            if isinstance(message.id, str) and message.id:
                words.setdefault(message.id, set()).add(str(message.string))
    return words


def own_models():
    """Our models without the history tables, which are derived."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("quartierwerk.")
        and ".tests" not in model.__module__
        and not hasattr(model, "pgh_tracked_model")
    ]


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model.__name__)
def test_model_is_called_as_the_glossary_says(model):
    with override("en"):
        english = str(model._meta.verbose_name)
    term = glossary().get(model.__name__)
    assert term, f"GLOSSARY.md lacks `{model.__name__}`"
    assert term in german().get(english, set()), (
        f"{model.__name__} is “{english}” in the code, {term} in the glossary"
    )


def test_each_term_stands_once_and_in_order():
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    models, terms = text.split("## Central terms")
    for part in (models, terms):
        codes = [code for code, _german, _note in ROW.findall(part)]
        assert codes == sorted(set(codes))
    assert not {row[0] for row in ROW.findall(models)} & {row[0] for row in ROW.findall(terms)}


def test_every_row_of_the_tables_is_read():
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert len(ROW.findall(text)) == sum(line.startswith("| `") for line in text.splitlines())
