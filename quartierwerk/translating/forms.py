"""One field for each text, with its picture in Leichte Sprache; what was read beside it travels along, signed."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.db.models import TextField
from django.utils.translation import gettext_lazy as _

from quartierwerk.languages import tags
from quartierwerk.languages.audience import CheckedBy, is_checked
from quartierwerk.languages.models import Translatable
from quartierwerk.languages.register import Kind
from quartierwerk.languages.states import TranslationState, is_outdated
from quartierwerk.rights import Person, may
from quartierwerk.uploads.forms import PictureChoice
from quartierwerk.uploads.models import Illustrated, Picture, PictureText
from quartierwerk.web.editing import RecordForm

SALT = "quartierwerk.translating"


class TextForm(RecordForm):
    """The translation of one text. `checked` appears where words stand that nobody has vouched for.

    `audience` is for those who may note that somebody of the audience read the words and understood them.
    """

    mark_optional = False
    checked = forms.BooleanField(required=False)
    audience = forms.ChoiceField(
        label=_("Read and understood by"),
        help_text=_(
            "Somebody this text is written for, who needs no account. Counts until the words change."
        ),
        choices=[("", _("nobody yet")), *CheckedBy.choices],
        required=False,
    )

    def __init__(self, *args, source: str, label: str, by: Person, **kwargs):
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
        self.initial["audience"] = row.checked_by if is_checked(row) else ""
        if not may(by, "texts.approve"):
            del self.fields["audience"]

    @property
    def is_checked(self) -> bool:
        return bool(self.cleaned_data.get("checked"))

    @property
    def other_fields(self) -> list[forms.BoundField]:
        """What stands below the words, in this order."""
        return [
            self[name] for name in ("checked", "picture", "picture_alt", "audience") if name in self.fields
        ]


class IllustratedTextForm(TextForm):
    """With a picture beside the words, and what it says to who does not see it, in the same language (R1.04)."""

    picture = PictureChoice(label=_("Picture beside this text"))
    picture_alt = forms.CharField(
        label=_("What the picture shows, in this language"),
        help_text=_("Empty: the description of the picture itself is read out."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args, by: Person, **kwargs):
        super().__init__(*args, by=by, **kwargs)
        choice: Any = self.fields["picture"]
        choice.offer(by, also=self.instance.picture_id)
        self.alt = self._alt_of(self.instance.picture)
        self.initial["picture_alt"] = self.alt.text if self.alt else ""

    def _alt_of(self, picture: Picture | None) -> PictureText | None:
        if picture is None:
            return None
        rows = PictureText.objects.filter(record=picture, text_name="alt", language=self.instance.language)
        return rows.first() or PictureText(record=picture, text_name="alt", language=self.instance.language)

    @property
    def new_alt(self) -> PictureText | None:
        """The description to store, None where nothing was said; words left over from another picture say nothing."""
        if "picture_alt" not in self.changed_data:
            return None
        row = self._alt_of(self.cleaned_data["picture"])
        if row is None:
            return None
        row.text, row.state = self.cleaned_data["picture_alt"].strip(), TranslationState.HUMAN
        row.source_text = row.record.alt
        return row


def text_forms(
    kind: Kind, record: Translatable, language: str, rows, labels, data=None, *, by: Person
) -> list[TextForm]:
    """`rows`: name → translation, None or absent where there is none yet; `labels`: name → words above the field."""
    may_have_picture = language == tags.SIMPLE_GERMAN and issubclass(kind.translations, Illustrated)
    main = running_text(kind) if may_have_picture else ""
    plain: Any = forms.modelform_factory(kind.translations, form=TextForm, fields=["text"])
    beside: Any = plain
    if main:
        beside = forms.modelform_factory(
            kind.translations, form=IllustratedTextForm, fields=["text", "picture"]
        )
    return [
        (beside if name == main else plain)(
            data,
            prefix=name,
            instance=rows.get(name) or kind.translations(record=record, text_name=name, language=language),
            source=getattr(record, name),
            label=label,
            by=by,
        )
        for name, label in labels.items()
    ]


def running_text(kind: Kind) -> str:
    """The first text of some length: the one a picture stands beside."""
    fields = (kind.model._meta.get_field(name) for name in kind.model.TEXTS)
    return next((field.name for field in fields if isinstance(field, TextField)), "")


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
