"""A picture that came with a form: checked, drawn anew in its sizes, or refused in a sentence beside its field."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .actions import Drawn, draw
from .handlers import refused_uploads
from .sniffing import PICTURES, Refused


def drawn(request: HttpRequest, form: forms.BaseForm, name: str = "file") -> dict[str, Drawn] | None:
    """The picture in its sizes, empty where none was sent; None with the reasons in the form where that is not valid."""
    if (refusal := refused_uploads(request).get(name)) is not None:
        form.full_clean()
        form.errors.pop(name, None)
        form.add_error(name, refusal.sentence)
    if not form.is_valid():
        return None
    file = form.cleaned_data[name]
    if not file:
        return {}
    if file.sniffed.kind not in PICTURES:
        form.add_error(name, _("This is no picture. Please send JPEG, PNG or WebP."))
        return None
    try:
        return draw(file.read())
    except Refused as damaged:
        form.add_error(name, damaged.sentence)
        return None
