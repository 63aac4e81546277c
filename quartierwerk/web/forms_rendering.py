"""How forms look: label, hint, error, then the field, as KERN and the prototypes have it.

`FORM_RENDERER = "quartierwerk.web.forms_rendering.QuartierwerkRenderer"`. A form may set `mark_optional = True`
(public forms say which fields are optional) and `error_title` (the heading over its faults).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django.forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import widgets
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as TemplateBackend
from django.utils.choices import BlankChoiceIterator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from quartierwerk.web import typed
from quartierwerk.web.fields import AmbiguousEntry

_WRITTEN_BY_HAND = (widgets.TextInput, widgets.Textarea)
_WITHOUT_BOX = (
    widgets.CheckboxInput,
    widgets.RadioSelect,
    widgets.CheckboxSelectMultiple,
    widgets.HiddenInput,
)


def _say_no_choice(field: django.forms.Field) -> None:
    """A choice not made yet is a word, where Django would draw a line of dashes."""
    words = _("please choose") if field.required else _("no answer")
    dashes = BLANK_CHOICE_DASH[0][1]
    if isinstance(field, django.forms.ModelChoiceField):
        if field.empty_label == dashes:
            field.empty_label = words
    elif isinstance(field, django.forms.ChoiceField) and isinstance(
        field.choices, list | BlankChoiceIterator
    ):
        field.choices = [(value, words if label == dashes else label) for value, label in field.choices]


class QuartierwerkBoundField(BoundField):
    def __init__(self, form: Any, field: django.forms.Field, name: str) -> None:
        _say_no_choice(field)
        super().__init__(form, field, name)

    @property
    def is_checkbox(self) -> bool:
        """One box with its words behind it, unlike every other field."""
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def focus_id(self) -> str:
        """Where a link in the error summary leads: a group of choices is entered by its first one."""
        if self.open_question and self.auto_id:
            return f"{self.auto_id}_reading_0"
        return self.id_for_label or (f"{self.auto_id}_0" if self.auto_id else "")

    @cached_property
    def open_question(self) -> AmbiguousEntry | None:
        """What was typed can be read in several ways: the page offers the readings."""
        data = self.form.errors.as_data().get(self.name, ())
        return next((error for error in data if isinstance(error, AmbiguousEntry)), None)

    @property
    def error_words(self) -> list[str]:
        """The errors above the field. A question is followed by its choices, so its sentence ends before them."""
        return [self.open_question.lead] if self.open_question else [str(error) for error in self.errors]

    @property
    def error_lines(self) -> list[str]:
        """The errors in short, for the summary."""
        return [self.open_question.question] if self.open_question else [str(error) for error in self.errors]

    def value(self) -> Any:
        """After a session's end the form shows what was typed, where it can be shown at all."""
        if typed.fits(self.form) and not isinstance(self.field.widget, typed.NEVER_KEPT):
            return typed.value(self)
        return super().value()

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: widgets.Widget | None = None
    ) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if self.use_fieldset:
            # ARIA does not know an invalid radio button; the fieldset names the error instead.
            attrs.pop("aria-invalid", None)
        if isinstance(widget, _WRITTEN_BY_HAND):
            # Arabic typed into a German page still reads from right to left.
            attrs.setdefault("dir", widget.attrs.get("dir", "auto"))
        if not isinstance(widget, _WITHOUT_BOX) and "class" not in widget.attrs:
            attrs["class"] = self._box_class(widget)
        return attrs

    def _box_class(self, widget: widgets.Widget) -> str:
        if isinstance(widget, widgets.SelectMultiple):
            return "qw-select qw-select--many"
        name = "select" if isinstance(widget, widgets.Select) else "input"
        box = f"kern-form-input__{name}"
        return f"{box} {box}--error" if self.errors else box


class QuartierwerkRenderer(DjangoTemplates):
    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = QuartierwerkBoundField

    @cached_property
    def engine(self) -> TemplateBackend:
        # Django's own engine looks into its own folder first; our few widget templates must win over it.
        return TemplateBackend(
            {
                "APP_DIRS": True,
                "DIRS": [
                    Path(__file__).parent / "form_templates",
                    Path(django.forms.__file__).parent / "templates",
                ],
                "NAME": "quartierwerk-forms",
                "OPTIONS": {},
            }
        )
