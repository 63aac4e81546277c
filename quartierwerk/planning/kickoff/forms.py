from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.calendar.forms import DateForm, Page, PlaceForm
from quartierwerk.calendar.models import PublicDate
from quartierwerk.places.models import SocialSpace
from quartierwerk.tenants.models import Visibility
from quartierwerk.web.editing import RecordForm

from ..models import Concept, FieldOfAction, KickOff

LONGEST = 300  # signs of a need's title


class KickOffDateForm(DateForm):
    """A date of the calendar that takes place once."""

    weekdays = interval = nth = until = skip_dates = None  # type: ignore[assignment]

    class Meta(DateForm.Meta):
        fields = [
            "title", "description", "organiser", "starts_on", "opens_at", "closes_at", "space", "languages_spoken",
            "step_free", "childcare", "interpreter", "language", "visibility",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The municipality's own, of no organisation.
        self.fields.pop("organisation_id", None)
        self.fields.pop("visibility")  # everybody is invited
        self.fields["starts_on"].help_text = ""

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["freq"] = PublicDate.Frequency.ONCE
        return super().clean()


def new_page(data: Any, request) -> Page:
    record = PublicDate(
        language=request.tenant.source_language,
        freq=PublicDate.Frequency.ONCE,
        visibility=Visibility.PUBLIC,
        organiser=request.tenant.contact_office,
    )
    form = KickOffDateForm(data, instance=record, by=request.person, reader=request.lang)
    return Page(form, PlaceForm(data))


class ResultsForm(forms.Form):
    """What people said: one line each."""

    lines = forms.CharField(
        label=gettext_lazy("What people named, one in each line"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "In a few words. For example: childcare during the courses. No names of persons."
        ),
    )
    field = forms.ModelChoiceField(
        FieldOfAction.objects.none(),
        label=gettext_lazy("Field of action"),
        required=False,
        empty_label=gettext_lazy("not clear yet"),
    )
    space = forms.ModelChoiceField(
        SocialSpace.objects.none(),
        label=gettext_lazy("Quarter"),
        required=False,
        empty_label=gettext_lazy("whole municipality"),
    )

    def __init__(self, *args: Any, concept: Concept, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = FieldOfAction.objects.filter(concept=concept, ended_on=None)
        spaces = SocialSpace.objects.on(timezone.localdate()).filter(kind=SocialSpace.Kind.QUARTER)  # type: ignore[attr-defined]
        self.fields["field"].queryset = fields  # type: ignore[attr-defined]
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]

    def clean_lines(self) -> list[str]:
        titles = [" ".join(line.split()).lstrip("-•* ") for line in self.cleaned_data["lines"].splitlines()]
        titles = [title for title in titles if title]
        if not titles:
            raise forms.ValidationError(_("Please write at least one line."))
        for title in titles:
            if len(title) > LONGEST:
                words = _("“%(begin)s…” is too long for a title. Please say it in fewer words.")
                raise forms.ValidationError(words % {"begin": title[:40]})
        return titles


class OutcomeForm(RecordForm):
    class Meta:
        model = KickOff
        fields = ["outcome"]
        widgets = {"outcome": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "outcome": gettext_lazy("Stands on the public page. Short sentences, no names of persons.")
        }
