from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ...models import Measure
from ..minutes.forms import Owners, TaskForm


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
