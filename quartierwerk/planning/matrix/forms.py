"""What people type about fields of action and resources."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from quartierwerk import rights
from quartierwerk.directory import topics
from quartierwerk.directory.editing.fields import Codes
from quartierwerk.directory.models import Offer, Organisation
from quartierwerk.rights import Person
from quartierwerk.web.editing import RecordForm

from .. import catalogue
from ..models import Concept, FieldOfAction, Resource, ResourceInField
from ..models.parts import key_of
from . import fields as changing

NONE = ("", _("none"))


class FieldForm(RecordForm):
    topics = Codes(label=_("Topics"), help_text=_("Whose offers and wishes belong to this field."))

    class Meta:
        model = FieldOfAction
        fields = ["name", "description", "catalogue_code", "topics", "is_detailed"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "catalogue_code": _("What other municipalities and the Region call it. By this they compare."),
            "is_detailed": _("Without the tick the matrix says “not detailed” instead of zeros."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = topics.choices()  # type: ignore[attr-defined]
        self.fields["topics"].keep(self.instance.topics)  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if self.instance.ended_on is not None:
            return self.instance.name
        _unless_refused(changing.check_name, self.instance.concept, name, self.instance)
        return name

    def clean_catalogue_code(self) -> str:
        code = self.cleaned_data["catalogue_code"]
        _unless_refused(changing.check_code, self.instance.concept, code, self.instance)
        return code


def _unless_refused(check: Any, *values: Any) -> None:
    try:
        check(*values)
    except changing.Refusal as refusal:
        raise ValidationError(str(refusal)) from None


class NewFieldForm(forms.Form):
    name = forms.CharField(label=_("Name of the field"), max_length=300)
    code = forms.ChoiceField(label=_("In the common list"), required=False)

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(
            FieldOfAction.objects.current().filter(concept=concept).values_list("catalogue_code", flat=True)
        )
        left = [(code, one.label) for code, one in catalogue.FIELDS.items() if code not in taken]
        self.fields["code"].choices = [NONE, *left]  # type: ignore[attr-defined]


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(FieldOfAction.objects.none(), label=_("Into which field"))

    def __init__(self, *args: Any, field: FieldOfAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = FieldOfAction.objects.current().filter(concept=field.concept_id).exclude(pk=field.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """A new field, and which entries go there: `part:pk of the row that places it`."""

    name = forms.CharField(label=_("Name of the new field"), max_length=300)
    moved = forms.MultipleChoiceField(
        label=_("What goes there"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, field: FieldOfAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {}
        for through, side in changing.THROUGHS:
            for row in through.objects.filter(field=field).select_related(side).order_by("position"):
                self.rows[str(row.pk)] = row
        self.fields["moved"].choices = [  # type: ignore[attr-defined]
            (pk, f"{_side(row)._meta.verbose_name}: {_side(row)}") for pk, row in self.rows.items()
        ]

    def chosen(self) -> list[Any]:
        return [self.rows[pk] for pk in self.cleaned_data["moved"]]


def _side(row: Any) -> Any:
    return next(getattr(row, side) for through, side in changing.THROUGHS if isinstance(row, through))


class MappingForm(forms.Form):
    """Which fields of the common list a field stands for, beside its own code."""

    codes = forms.MultipleChoiceField(
        label=_("Stands for these fields of the common list, too"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(code, one.label) for code, one in catalogue.FIELDS.items()],
    )


class ResourceForm(RecordForm):
    in_fields = forms.ModelMultipleChoiceField(
        FieldOfAction.objects.none(),
        label=_("Fields of action"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("It may serve several and is counted once."),
    )

    class Meta:
        model = Resource
        fields = ["title", "kind", "description", "organisation", "offer", "visibility"]
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "organisation": _("If the directory knows it: then its address and hours stand in one place."),
        }

    def __init__(self, *args: Any, by: Person, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = rights.visible(by, "organisations.read", Organisation.objects.order_by("sort_key"))
        offers = rights.visible(by, "directory.read", Offer.objects.order_by("sort_key"))
        self.fields["organisation"].queryset = organisations.only("pk", "name")  # type: ignore[attr-defined]
        self.fields["offer"].queryset = offers.only("pk", "title")  # type: ignore[attr-defined]
        fields = FieldOfAction.objects.current().filter(concept=concept)
        self.fields["in_fields"].queryset = fields  # type: ignore[attr-defined]
        self.before = set(
            ResourceInField.objects.filter(resource=self.instance.pk, field__in=fields).values_list(
                "field", flat=True
            )
        )
        self.initial["in_fields"] = list(self.before)

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if Resource.objects.filter(key=key_of(title)).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("There is a resource of this name already. It may serve several fields."))
        return title

    def place(self, resource: Resource) -> None:
        """Into the chosen fields, out of those no longer chosen."""
        chosen = {field.pk: field for field in self.cleaned_data["in_fields"]}
        ResourceInField.objects.filter(resource=resource, field__in=self.before - set(chosen)).delete()
        for pk, field in chosen.items():
            if pk not in self.before:
                place = ResourceInField.objects.filter(field=field).count()
                ResourceInField.objects.create(resource=resource, field=field, position=place)
