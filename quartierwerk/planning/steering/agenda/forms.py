from django import forms
from django.utils.translation import gettext_lazy

from quartierwerk.web.editing import RecordForm

from ...models import AgendaItem


class ItemForm(RecordForm):
    class Meta:
        model = AgendaItem
        fields = ["title", "reason"]
        labels = {
            "title": gettext_lazy("What it is about"),
            "reason": gettext_lazy("Why it is on the agenda"),
        }
        help_texts = {"title": gettext_lazy("It stands in the invitation: no names of residents.")}
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}
