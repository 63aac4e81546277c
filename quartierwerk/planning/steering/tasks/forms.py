from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ...models import Measure, Team
from .. import rules
from ..minutes.forms import Owners, TaskForm
from ..rules import Refused


class GivenTaskForm(TaskForm):
    """A task that no decision stands behind, perhaps of a measure."""

    measure = forms.ModelChoiceField(
        Measure.objects.none(),
        label=_("Measure"),
        required=False,
        empty_label=pgettext_lazy("measure", "none"),
    )

    def __init__(self, *args: Any, owners: Owners, measures: Any, **kwargs: Any) -> None:
        super().__init__(*args, teams=owners.teams, accounts=owners.accounts, **kwargs)
        self.fields["measure"].queryset = measures  # type: ignore[attr-defined]

    def has_changed(self) -> bool:
        """All of it is needed, unlike beside a decision."""
        return True

    @property
    def given(self) -> dict[str, Any]:
        values = self.cleaned_data
        team = Team.objects.filter(pk=values["team"]).first() if values["team"] else None
        return {name: values[name] for name in ("words", "due_on", "account", "measure")} | {"team": team}

    def say(self, refused: Refused) -> None:
        for reason in refused.reasons:
            self.add_error(self.PLACES.get(reason), rules.words(reason))
