from django import forms
from django.utils.translation import gettext_lazy

from quartierwerk.web.editing import RecordForm

from ...models import AgendaItem


class ItemForm(RecordForm):
    class Meta:
        model = AgendaItem
        fields = ["title", "outside", "reason"]
        labels = {
            "title": gettext_lazy("What it is about"),
            "outside": gettext_lazy("What the invitation calls it"),
            "reason": gettext_lazy("Why it is on the agenda"),
        }
        help_texts = {
            "outside": gettext_lazy(
                "For mails and paper. Empty: the same words. No names of residents in either of them."
            ),
            "reason": gettext_lazy("It stays behind the log-in."),
        }
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}
