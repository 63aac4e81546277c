from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from quartierwerk import rights
from quartierwerk.rights import Person
from quartierwerk.web.editing import RecordForm

from . import rules
from .models import Picture


class PictureForm(RecordForm):
    class Meta:
        model = Picture
        fields = ["alt", "persons", "consent_note", "licence", "author", "source"]
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 3}),
            "persons": forms.RadioSelect,
            "licence": forms.RadioSelect,
        }
        help_texts = {
            "alt": _(
                "What one sees, in one or two short sentences. It is read out to people who do not see it."
            ),
            "consent_note": _("For example: folder 12 at the office. Do not write names of persons here."),
            "author": _("Printed beside the picture. The licence or the permission says how."),
            "source": _("The address of the page, where it is from the web."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("persons", "licence"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]  # no empty radio button

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        licence, persons = typed.get("licence", ""), typed.get("persons", "")
        missing = rules.missing_rights(
            licence, typed.get("author", ""), persons, typed.get("consent_note", "")
        )
        if "author" in missing:
            self.add_error("author", _("This right of use asks for the name of who made it."))
        if "consent_note" in missing:
            self.add_error("consent_note", _("Say where the consent of the persons is kept."))
        return typed


class NewPictureForm(PictureForm):
    file = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG or WebP, 20 MB at most. Place, camera and other hidden data are removed."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    field_order = ["file"]


def choosable(by: Person, also: Any = None) -> QuerySet[Picture]:
    """Pictures a person may put beside a text or record; `also` is the one that stands there already."""
    own = Picture.objects.filter(rights.asking.allowed(by, "pictures.read", Picture))
    return (own | Picture.objects.filter(pk=also)).order_by("alt", "pk")


class PictureChoice(forms.ModelChoiceField):
    """Which picture stands beside a text; call `offer` with the person who chooses."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            Picture.objects.none(),
            **{"label": _("Picture"), "required": False, "empty_label": _("no picture"), **kwargs},
        )

    def offer(self, by: Person, also: Any = None) -> None:
        self.queryset = choosable(by, also)

    def label_from_instance(self, picture: Picture) -> str:
        return picture.alt if len(picture.alt) <= 80 else f"{picture.alt[:79]}…"
