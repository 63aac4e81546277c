"""One field for each text; what was read beside it travels along, signed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from quartierwerk.languages import tags
from quartierwerk.languages.models import Translatable
from quartierwerk.languages.register import Kind
from quartierwerk.languages.states import TranslationState, is_outdated
from quartierwerk.web.editing import RecordForm

SALT = "quartierwerk.translating"


class TextForm(RecordForm):
    """The translation of one text. `checked` appears where words stand that nobody has vouched for."""

    mark_optional = False
    checked = forms.BooleanField(required=False)

    def __init__(self, *args, source: str, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        row = self.instance
        self.text_name = row.text_name
        self.fields["text"].label = label
        self.fields["text"].widget = forms.Textarea(
            attrs={
                "rows": max(2, min(14, 1 + len(source) // 50)),
                "lang": tags.normal_tag(row.language),
                "dir": tags.direction(row.language),
            }
        )
        if row.text and row.state == TranslationState.MACHINE:
            self.fields["checked"].label = _("Checked by me: these words are right.")
        elif row.text and row.state == TranslationState.HUMAN and is_outdated(row.source_text, source):
            self.fields["checked"].label = _("Still right as it stands.")
        else:
            del self.fields["checked"]

    @property
    def is_checked(self) -> bool:
        return bool(self.cleaned_data.get("checked"))


def text_forms(kind: Kind, record: Translatable, language: str, rows, labels, data=None) -> list[TextForm]:
    """`rows`: name → translation, None or absent where there is none yet; `labels`: name → words above the field."""
    form_class: Any = forms.modelform_factory(kind.translations, form=TextForm, fields=["text"])
    return [
        form_class(
            data,
            prefix=name,
            instance=rows.get(name) or kind.translations(record=record, text_name=name, language=language),
            source=getattr(record, name),
            label=label,
        )
        for name, label in labels.items()
    ]


def seal(record: Translatable, names: Iterable[str]) -> str:
    """The source as the translator reads it: what she translates, even if it changes before she saves."""
    return signing.dumps(
        [str(record.pk), {name: getattr(record, name) for name in names}], salt=SALT, compress=True
    )


def unseal(sealed: str, record: Translatable) -> dict[str, str] | None:
    """name → source that was read; None where that is not known, so that nothing is stored on a guess."""
    try:
        pk, sources = signing.loads(sealed, salt=SALT)
    except signing.BadSignature:
        return None
    return sources if pk == str(record.pk) else None
