from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.journal import history
from quartierwerk.languages.days import short_day
from quartierwerk.web.editing import THEIRS, Version

from ..models import Concept, CouncilDecision, Decision, PrincipleVersion
from . import writing

NEW = 3  # empty paragraphs at the end of the form


class BeginForm(forms.Form):
    concept = forms.ModelChoiceField(Concept.objects.none(), label=gettext_lazy("Concept"), empty_label=None)
    title = forms.CharField(label=gettext_lazy("Title of the guiding principle"), max_length=300)

    def __init__(self, *args: Any, concepts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concept"].queryset = concepts  # type: ignore[attr-defined]


class ParagraphsForm(forms.Form):
    """All paragraphs of a draft, each with its place; without words it goes. Shows both versions like a RecordForm."""

    as_opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, version: PrincipleVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = version
        self.versions: list[Version] = []
        self.meanwhile: history.LastChange | None = None
        self.changed_by = ""
        if self.is_bound:
            self.opened = writing.opened(self.data.get("as_opened", ""), version.pk)
            texts = dict.fromkeys(self.opened, "")
        else:
            texts = {row.key: row.text for row in version.paragraphs.all()}
            self.initial["as_opened"] = writing.signed(version.pk, texts)
        self.keys = [*texts] + [""] * NEW
        for number, key in enumerate(self.keys, start=1):
            label = _("Paragraph %(n)s") % {"n": number} if key else _("New paragraph")
            self.fields[f"text-{number}"] = forms.CharField(
                label=label,
                required=False,
                max_length=5000,
                initial=texts.get(key, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[f"place-{number}"] = forms.IntegerField(
                label=_("Place of paragraph %(n)s") % {"n": number},
                required=False,
                min_value=1,
                max_value=99,
                initial=number if key else None,
            )

    def paragraphs(self) -> list[tuple[str, str]]:
        """(key, text) in the order of the places; one without place stands last."""
        typed = [
            (self.cleaned_data.get(f"place-{n}") or 100, n, key, self.cleaned_data.get(f"text-{n}", ""))
            for n, key in enumerate(self.keys, start=1)
        ]
        return [(key, text) for _place, _n, key, text in sorted(typed, key=lambda one: one[:2])]

    def merged(self, now: Mapping[str, str]) -> writing.Merged:
        """What was typed, with what stands there now."""
        chosen = {key: self.data.get(f"keep-{key}", "") for key in (*self.opened, writing.ORDER)}
        return writing.merged(self.opened, self.paragraphs(), now, chosen)

    def asking(self, found: writing.Merged, now: Mapping[str, str]) -> "ParagraphsForm":
        """The page again: what was typed, opened with what stands there now, and both versions of what differs."""
        known = {key: now.get(key, "") for key, _text in found.paragraphs if key}
        told = {key: (number, text) for number, (key, text) in enumerate(found.paragraphs, start=1) if key}
        places = [told[key] for key in known]
        places += [(number, text) for number, (key, text) in enumerate(found.paragraphs, start=1) if not key]
        data: dict[str, Any] = {"as_opened": writing.signed(self.instance.pk, known)}
        for number, (place, text) in enumerate(places, start=1):
            data |= {f"text-{number}": text, f"place-{number}": place}
        form = ParagraphsForm(data, version=self.instance)
        numbers = {key: number for number, key in enumerate(known, start=1)}
        form.versions = [
            Version(
                one.key,
                _("Places of the paragraphs")
                if one.key == writing.ORDER
                else _("Paragraph %(n)s") % {"n": numbers[one.key]},
                one.mine,
                one.theirs,
                chosen=self.data.get(f"keep-{one.key}") or THEIRS,
                choice=f"keep-{one.key}",
            )
            for one in found.questions
        ]
        return form


class AdoptForm(forms.Form):
    """Which decision adopts the version: one that is entered already."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        help_text=gettext_lazy("Of the council, or of a group, once its minutes are closed."),
    )

    def __init__(self, *args: Any, version: PrincipleVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        concept = version.principle.concept_id
        self.rows: dict[str, CouncilDecision | Decision] = {}
        for council in CouncilDecision.objects.filter(concept=concept, decided_on__gte=version.opened_on):
            self.rows[f"council:{council.pk}"] = council
        for group in Decision.objects.filter(
            meeting__concept=concept, meeting__frozen_at__isnull=False, decided_on__gte=version.opened_on
        ).select_related("meeting"):
            self.rows[f"group:{group.pk}"] = group
        self.fields["decision"].choices = [(key, _named(row)) for key, row in self.rows.items()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        key = self.cleaned_data["decision"]
        return {f"{key.partition(':')[0]}_decision": self.rows[key]}


def _named(row: CouncilDecision | Decision) -> str:
    day = short_day(row.decided_on)
    if isinstance(row, CouncilDecision):
        return f"{row.body}, {row.paper_number}, {day}"
    return f"{row.meeting.title}, {day}: {row.words[:80]}"


class CiteForm(forms.Form):
    paragraphs = forms.MultipleChoiceField(
        label=gettext_lazy("Paragraphs of the guiding principle"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, paragraphs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paragraphs"].choices = paragraphs  # type: ignore[attr-defined]
