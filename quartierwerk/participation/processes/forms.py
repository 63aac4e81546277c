from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk import rights
from quartierwerk.calendar.models import Answer, PublicDate
from quartierwerk.directory.requests.forms import answer_languages
from quartierwerk.languages import tags
from quartierwerk.languages.interface import INTERFACE_LANGUAGES
from quartierwerk.places.models import SocialSpace
from quartierwerk.rights import Person
from quartierwerk.tenants.models import Visibility
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import AmountField, GermanDateField, GermanTimeField, WholeNumberField

from .. import masking
from ..checking.forms import still_there
from ..models import Checked, Phase, Process, ProcessMeeting, Proposal, SideFormat
from . import rules
from .groups import GROUPS


class ProposalForm(forms.Form):
    """What a visitor proposes."""

    mark_optional = True
    error_title = gettext_lazy("Not sent yet")

    title = forms.CharField(
        label=gettext_lazy("What do you propose?"),
        help_text=gettext_lazy("In a few words. For example: benches in the shade."),
        max_length=300,
        error_messages={"required": gettext_lazy("Please say in a few words what you propose.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Why, and for whom?"),
        help_text=gettext_lazy("Please no names and no phone numbers."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cost_cents = AmountField(
        label=gettext_lazy("What does it cost, roughly, in euros?"),
        required=False,
        max_value=10**12,
    )
    language = forms.ChoiceField(label=gettext_lazy("In which language did you write?"))

    def __init__(self, *args: Any, request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["language"])
        field.choices, field.initial = answer_languages(request), request.lang


class CommentForm(forms.Form):
    error_title = gettext_lazy("Not sent yet")

    words = forms.CharField(
        label=gettext_lazy("What do you think of it?"),
        help_text=gettext_lazy("In any language. Please no names and no phone numbers."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Please write a sentence.")},
    )


class GroupsForm(forms.Form):
    groups = forms.MultipleChoiceField(
        label=gettext_lazy("What is true of you?"),
        choices=list(GROUPS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def written_in(reader: str) -> list[tuple[str, str]]:
    return [(one.code, tags.name(one.code, reader)) for one in INTERFACE_LANGUAGES]


class ProcessForm(RecordForm):
    class Meta:
        model = Process
        fields = ["title", "description", "kind", "space", "language", "visibility"]
        widgets = {"description": forms.Textarea(attrs={"rows": 5})}
        help_texts = {"title": gettext_lazy("As a question to the residents: What shall the square become?")}

    def __init__(self, *args: Any, by: Person, reader: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        space = self.fields["space"]
        today = SocialSpace.objects.on(timezone.localdate()).filter(kind=SocialSpace.Kind.QUARTER)
        space.queryset = today | SocialSpace.objects.filter(pk=self.instance.space_id)
        space.empty_label = _("whole municipality")
        if bound := rights.bound_spaces(by, "processes.write"):
            space.queryset = space.queryset.filter(pk__in=bound)
            space.empty_label, space.required = None, True
        self.fields["visibility"].choices = [
            (value, label)
            for value, label in Visibility.choices
            if value in (Visibility.PUBLIC, Visibility.TENANT, self.instance.visibility)
        ]
        self.fields["language"] = forms.ChoiceField(
            label=_("These texts are written in"), choices=written_in(reader)
        )


class AccountForm(RecordForm):
    class Meta:
        model = Process
        fields = ["account"]
        widgets = {"account": forms.Textarea(attrs={"rows": 8})}
        help_texts = {
            "account": gettext_lazy(
                "What was decided, what was not and why, what comes next. Short sentences, no names of persons."
            )
        }


class PhasesForm(forms.Form):
    """Begin and end of each phase as the clock on the wall shows them; left empty, there is no such phase."""

    error_title = gettext_lazy("Not saved yet")

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        known = {one.kind: one for one in process.phases.all()}
        initial = {}
        for kind, row in known.items():
            for end, at in (("opens", row.opens_at), ("closes", row.closes_at)):
                local = timezone.localtime(at)
                initial |= {f"{kind}_{end}_day": local.date(), f"{kind}_{end}_time": local.time()}
        super().__init__(*args, initial=initial, **kwargs)
        self.zone = timezone.get_current_timezone()
        self.known = known
        for kind, label in Phase.Kind.choices:
            for end, words in (("opens", _("begins")), ("closes", _("ends"))):
                self.fields[f"{kind}_{end}_day"] = GermanDateField(
                    label=_("%(phase)s: %(end)s on") % {"phase": label, "end": words}, required=False
                )
                self.fields[f"{kind}_{end}_time"] = GermanTimeField(
                    label=_("%(phase)s: %(end)s at") % {"phase": label, "end": words}, required=False
                )

    def groups(self):
        """The fields of one phase each, for the page."""
        for kind, label in Phase.Kind.choices:
            yield (
                label,
                [self[f"{kind}_{end}_{part}"] for end in ("opens", "closes") for part in ("day", "time")],
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.spans: list[rules.Span] = []
        for kind in rules.ORDER:
            given = [
                values.get(f"{kind}_{end}_{part}") for end in ("opens", "closes") for part in ("day", "time")
            ]
            if any(f"{kind}_" in name for name in self.errors) or not any(one is not None for one in given):
                continue
            if missing := [
                name
                for name, one in zip(
                    ("opens_day", "opens_time", "closes_day", "closes_time"), given, strict=True
                )
                if one is None
            ]:
                self.add_error(
                    f"{kind}_{missing[0]}", _("Please give day and time for the beginning and the end.")
                )
                continue
            opens, closes = self._instant(kind, "opens", values), self._instant(kind, "closes", values)
            if opens and closes:
                self.spans.append(rules.Span(kind, opens, closes))
        words = {
            rules.PhaseFault.ENDS_BEFORE_IT_BEGINS: _(
                "The phase ends before it begins. Please check both days."
            ),
            rules.PhaseFault.BEGINS_BEFORE_THE_ONE_BEFORE_ENDS: _(
                "The phase begins before the one before it has ended. Please check both days."
            ),
        }
        for kind, fault in rules.faults(self.spans).items():
            self.add_error(f"{kind}_opens_day", words[fault])
        return values

    def _instant(self, kind: str, end: str, values: Mapping[str, Any]):
        day: date = values[f"{kind}_{end}_day"]
        clock: time = values[f"{kind}_{end}_time"]
        row = self.known.get(kind)
        stored = row and (row.opens_at if end == "opens" else row.closes_at)
        if stored and timezone.localtime(stored).replace(tzinfo=None, fold=0) == datetime.combine(day, clock):
            return stored
        try:
            return rules.instant(day, clock, self.zone)
        except rules.NoSuchTime as skipped:
            words = _(
                "In that night the clocks are put forward: %(time)s does not exist. The next time is %(next)s."
            )
            words %= {"time": clock.strftime("%H:%M"), "next": skipped.next.strftime("%H:%M")}
        except rules.TwiceThatNight:
            words = _(
                "In that night the clocks are put back: %(time)s comes twice. Please choose another time."
            )
            words %= {"time": clock.strftime("%H:%M")}
        self.add_error(f"{kind}_{end}_time", words)
        return None


def masked(words: str, language: str) -> str:
    """As proposed to the person who checks."""
    return masking.masked(words, masking.marks(words, language))


class CheckForm(RecordForm):
    """What a proposal says in public: typed by whoever looked at it."""

    cost_cents = AmountField(label=gettext_lazy("What it costs"), required=False, max_value=10**12)
    looked_at = forms.BooleanField(
        label=gettext_lazy("I have looked at what is still marked: it may be read by everybody."),
        required=False,
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("What shall happen?"),
        choices=[
            (Checked.SHOWN, gettext_lazy("Show it")),
            (Checked.HELD, gettext_lazy("Do not show it")),
        ],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Proposal
        fields = ["title", "words", "cost_cents", "language", "is_on_ballot", "why_held"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": gettext_lazy("Without names, phone numbers and addresses of persons."),
            "why_held": gettext_lazy("Only for the staff."),
        }

    def __init__(self, *args: Any, reader: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.still_marked: list[masking.Mark] = []
        known = dict(written_in(reader))
        known.setdefault(self.instance.language, tags.name(self.instance.language, reader))
        self.fields["language"] = forms.ChoiceField(
            label=_("These texts are written in"), choices=list(known.items())
        )
        if self.instance.state == Checked.RECEIVED:
            given = self.instance.given_title, self.instance.given_words
            title, words = (masked(one, self.instance.language) for one in given)
            self.initial.update(title=title, words=words)
        else:
            self.initial["decision"] = self.instance.state

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if Checked.SHOWN in (values.get("decision"), self.instance.state) and not values.get("title"):
            self.add_error("title", _("Please give the proposal a title."))
        if values.get("decision") == Checked.SHOWN:
            texts = (values.get("title", ""), values.get("words", ""))
            self.still_marked = [one for text in texts for one in masking.marks(text, self.instance.language)]
            if self.still_marked and not values.get("looked_at"):
                self.add_error("words", still_there(self.still_marked))
        if values.get("decision") == Checked.HELD and not values.get("why_held"):
            self.add_error("why_held", _("Please say why it is not shown."))
        return values

    def only_takes_out(self, before: Proposal) -> bool:
        """Whether nothing else changes than that words are replaced by the mask."""
        values = self.cleaned_data
        same = all(
            values[name] == getattr(before, name) for name in ("cost_cents", "language", "is_on_ballot")
        )
        return (
            same
            and values["decision"] == before.state
            and all(
                rules.only_taken_out(
                    *(text.replace("\r\n", "\n") for text in (getattr(before, name), values[name]))
                )
                for name in Proposal.TEXTS
            )
        )


class NewProposalForm(forms.ModelForm):
    """From paper, a meeting or a side format, entered by the staff."""

    cost_cents = AmountField(label=gettext_lazy("What it costs"), required=False, max_value=10**12)

    class Meta:
        model = Proposal
        fields = ["title", "words", "cost_cents", "language", "origin", "side_format"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"title": gettext_lazy("Without names, phone numbers and addresses of persons.")}

    def __init__(self, *args: Any, process: Process, reader: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        self.fields["side_format"].queryset = process.side_formats.all()
        self.fields["language"] = forms.ChoiceField(
            label=_("These texts are written in"), choices=written_in(reader)
        )


class SideFormatForm(RecordForm):
    held_on = GermanDateField(label=gettext_lazy("Held on"))
    people = WholeNumberField(label=gettext_lazy("How many people came"), required=False, max_value=10_000)

    class Meta:
        model = SideFormat
        fields = ["title", "for_whom", "held_on", "people"]
        help_texts = {"for_whom": gettext_lazy("For example: women of the language café.")}


class MeetingForm(forms.ModelForm):
    """Ties a date of the calendar to the process."""

    class Meta:
        model = ProcessMeeting
        fields = ["public_date", "child_friendly"]
        widgets = {"child_friendly": forms.RadioSelect}

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tied = process.meetings.values("public_date")
        rows = PublicDate.objects.filter(starts_on__gte=timezone.localdate(), cancelled_at=None)
        self.fields["public_date"].queryset = rows.exclude(pk__in=tied)
        self.fields["child_friendly"].choices = Answer.choices


class SharesForm(forms.Form):
    """The share of each group in the population, in percent."""

    def __init__(self, *args: Any, process: Process, **kwargs: Any) -> None:
        known = {one.group: one.share_percent for one in process.group_counts.all()}
        super().__init__(*args, initial=known, **kwargs)
        for group, label in GROUPS.items():
            self.fields[group] = WholeNumberField(label=label, required=False, max_value=100)

    def shares(self) -> list[tuple[str, int | None]]:
        return [(group, self.cleaned_data.get(group)) for group in GROUPS]
