"""Which offers the list of the back office shows: by name, kind, topic, quarter, and what is the matter with them."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quartierwerk import rights
from quartierwerk.languages.names import plain, sort_range
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility

from .. import kinds, topics
from ..models import Offer

EVERYTHING = ("", _("all"))


def quarters() -> QuerySet[SocialSpace]:
    """Those of today."""
    return SocialSpace.objects.on(timezone.localdate()).filter(kind=SocialSpace.Kind.QUARTER)


def beginning(rows: Any, typed: str) -> Any:
    """A range on the sort key, which finds the index also behind the wall; `like` would not."""
    if not plain(typed):
        return rows
    low, high = sort_range(typed)
    return rows.filter(sort_key__gte=low, sort_key__lt=high)


class OfferFilter(forms.Form):
    """Comes out of the address: what it does not understand it does not filter by."""

    STATES = (
        ("", _("all")),
        ("public", _("public")),
        ("draft", _("not public")),
        ("over", _("past their last day")),
        ("unconfirmed", _("unconfirmed")),
        ("language", _("language unknown")),
    )

    q = forms.CharField(label=_("Name begins with"), required=False, widget=forms.TextInput)
    kind = forms.ChoiceField(label=_("Kind of offer"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    quarter: forms.ModelChoiceField = forms.ModelChoiceField(
        SocialSpace.objects.none(), label=_("Quarter"), required=False, empty_label=_("all")
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, data: Any):
        super().__init__(data)
        fields: Any = self.fields
        fields["kind"].choices = [EVERYTHING, *kinds.OfferKind.choices]
        fields["topic"].choices = [EVERYTHING, *topics.choices()]
        fields["quarter"].queryset = quarters()
        self.is_valid()
        self.asked = {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def further(self) -> list:
        """The fields behind the name."""
        return [field for field in self.visible_fields() if field.name != "q"]

    @property
    def is_narrowed(self) -> bool:
        return bool(set(self.asked) - {"q"}) or bool(self.errors)

    def rows(self, person: Person, action: str = "directory.read") -> QuerySet[Offer]:
        rows = beginning(rights.visible(person, action, Offer.objects.all()), self.asked.get("q", ""))
        if kind := self.asked.get("kind"):
            rows = rows.filter(kind=kind)
        if topic := self.asked.get("topic"):
            rows = rows.filter(topics__contains=[topic])
        if quarter := self.asked.get("quarter"):
            rows = rows.filter(space=quarter)
        return rows.filter(self._state()).order_by("sort_key", "pk")

    def _state(self) -> Q:
        today = timezone.localdate()
        return {
            "public": Q(visibility=Visibility.PUBLIC),
            "draft": ~Q(visibility=Visibility.PUBLIC),
            "over": Q(valid_until__lt=today) | Q(ends_on__lt=today) | Q(deadline__lt=today),
            "unconfirmed": Q(unconfirmed_since__isnull=False),
            "language": Q(languages_spoken=[]),
        }.get(self.asked.get("state", ""), Q())
