from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.directory import topics
from quartierwerk.places.models import SocialSpace
from quartierwerk.web.fields import GermanDateField

from .register import kinds


class LinkForm(forms.Form):
    """Which record proves a hint. Only a document has no day of its own."""

    record = forms.ChoiceField(label=gettext_lazy("Evidence"))
    shown_on = GermanDateField(
        label=gettext_lazy("Of which day"),
        required=False,
        help_text=gettext_lazy(
            "Only for a document: the day that stands on it. All other records know their day."
        ),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=1000)

    def __init__(self, *args: Any, records: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = records  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, _colon, number = cleaned.get("record", "").partition(":")
        if kind:
            cleaned["kind"], cleaned["number"] = kind, UUID(number)
            asks_day = kinds.by_name[kind].asks_day
            if asks_day and not cleaned.get("shown_on") and "shown_on" not in self.errors:
                self.add_error("shown_on", _("Please say of which day the document is."))
            if not asks_day:
                cleaned["shown_on"] = None
        return cleaned


class StartForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=300,
        help_text=gettext_lazy("For instance: Taking stock in spring 2027"),
    )
    closes_on = GermanDateField(
        label=gettext_lazy("Answers until"),
        help_text=gettext_lazy("Four to six weeks have proved their worth."),
    )
    topic = forms.ChoiceField(label=gettext_lazy("Only this topic"), required=False)
    space = forms.ModelChoiceField(
        SocialSpace.objects.none(),
        label=gettext_lazy("Only this quarter"),
        required=False,
        empty_label=gettext_lazy("all quarters"),
    )

    def __init__(self, *args: Any, spaces: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]
        self.fields["topic"].choices = [("", _("all topics")), *topics.choices()]  # type: ignore[attr-defined]
