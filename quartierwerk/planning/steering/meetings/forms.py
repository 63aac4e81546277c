"""What staff enter about a meeting."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from quartierwerk.calendar.models import PublicDate
from quartierwerk.tenants.models import Visibility
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import GermanDateField, GermanTimeField

from ...models import Group, Meeting
from .. import rules
from ..rules import Refusal, Refused

FIXED = {
    "group": gettext_lazy(
        "Its members are invited, so the group stays. For another one plan another meeting."
    ),
    "day": gettext_lazy("Somebody is noted as present or something was decided, so the day stays."),
}


def _fixed(meeting: Meeting) -> frozenset[str]:
    if meeting._state.adding:
        return frozenset()
    held = meeting.state == Meeting.State.HELD
    return rules.fixed(is_invited=meeting.invited_at is not None, has_taken_place=held)


class MeetingForm(RecordForm):
    """`starts_at` is typed as a day and a time; a time that is over is asked about once."""

    starts_at: Any = GermanDateField(label=gettext_lazy("Day"))
    begins = GermanTimeField(label=gettext_lazy("Begins at"))
    in_the_past = forms.BooleanField(
        label=gettext_lazy("The meeting took place at this time, its minutes are entered later"),
        required=False,
    )

    class Meta:
        model = Meeting
        fields = ["group", "title", "starts_at", "place", "public_date"]
        help_texts = {
            "title": gettext_lazy("For instance: 8th meeting of the steering group"),
            "place": gettext_lazy("House, street and room, as people find it."),
            "public_date": gettext_lazy("Only if everybody may come and the date stands in the calendar."),
        }

    field_order = ["group", "title", "starts_at", "in_the_past", "begins", "place", "public_date"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_about_past = False
        today = timezone.localdate()
        group: Any = self.fields["group"]
        group.queryset = Group.objects.filter(Q(ended_on=None) | Q(pk=self.instance.group_id))
        group.required = True
        group.empty_label = pgettext_lazy("of the concept", "Please choose a group")
        dates: Any = self.fields["public_date"]
        coming = Q(starts_on__gte=today, visibility=Visibility.PUBLIC)
        dates.queryset = PublicDate.objects.filter(coming | Q(pk=self.instance.public_date_id))
        dates.empty_label = pgettext_lazy("public date", "none")
        if self.instance.starts_at:
            begins = timezone.localtime(self.instance.starts_at)
            self.initial.update(starts_at=begins.date(), begins=begins.time())
        for name in _fixed(self.instance):
            field: Any = self.fields["starts_at" if name == "day" else name]
            field.disabled, field.help_text = True, FIXED[name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        day, begins = values.get("starts_at"), values.get("begins")
        if group := values.get("group"):
            self.instance.concept_id = group.concept_id
        if day and begins:
            values["starts_at"] = timezone.make_aware(datetime.combine(day, begins))
            if values["starts_at"] < timezone.now() and values["starts_at"] != self.instance.starts_at:
                self.asks_about_past = True
                if not values.get("in_the_past"):
                    self.add_error(
                        "begins" if day == timezone.localdate() else "starts_at",
                        _("This time is over. Please give one to come, or tick that it was meant like that."),
                    )
        return values

    def check(self, current: Meeting) -> None:
        """Raises Refused where somebody invited, or noted who was there, since the form was made."""
        new, stays = self.instance, _fixed(current)
        days = [timezone.localdate(one.starts_at) for one in (new, current)]
        if ("group" in stays and new.group_id != current.group_id) or ("day" in stays and days[0] != days[1]):
            raise Refused(Refusal.FIXED_MEANWHILE)

    @property
    def shown(self) -> list:
        """The question about the past only where there is one."""
        return [
            field for field in self.visible_fields() if field.name != "in_the_past" or self.asks_about_past
        ]


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it does not take place"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        help_text=gettext_lazy("Everybody who was invited by mail reads this."),
    )
