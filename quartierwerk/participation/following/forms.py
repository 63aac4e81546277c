from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    error_title = _("Not found")

    code = forms.CharField(
        label=_("Your code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "autocapitalize": "characters"}),
        error_messages={"required": _("Please write the code from your slip.")},
    )


class NotSolvedForm(forms.Form):
    error_title = _("Not sent yet")

    words = forms.CharField(
        label=_("What is not solved yet?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        error_messages={"required": _("Please say in a few words what is still missing.")},
    )
