from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quartierwerk.languages.names import name_key
from quartierwerk.tenants.models import Visibility
from quartierwerk.web.editing import RecordForm
from quartierwerk.web.fields import GermanDateField, WholeNumberField

from . import outlines, rules
from .models import SocialSpace
from .outlines import NotAnOutline, Reason
from .rules import Refusal

# What a hidden field can carry within the limit of a form.
MOST_KEPT = 1_500_000

WORDS = {
    Reason.TOO_LARGE: gettext_lazy(
        "The file is larger than 5 MB. Please export the outline with fewer points."
    ),
    Reason.NOT_JSON: gettext_lazy("This is not a GeoJSON file. Please export the outline as GeoJSON."),
    Reason.NO_AREA: gettext_lazy("The file holds no area. Please export polygons, not lines or points."),
    Reason.TOO_MANY_AREAS: gettext_lazy("The file holds too many areas. Please export only those you need."),
    Reason.TOO_MANY_POINTS: gettext_lazy(
        "The outline has more than 50,000 points. Please export it simplified."
    ),
    Reason.OTHER_SYSTEM: gettext_lazy(
        "The file uses another coordinate system. Please export it in WGS 84 (EPSG:4326)."
    ),
    Reason.METRES: gettext_lazy(
        "The coordinates look like metres. Please export the file in WGS 84 (EPSG:4326): longitude and latitude."
    ),
    Reason.EXCHANGED: gettext_lazy(
        "Latitude stands before longitude. GeoJSON wants longitude first; please export the file again."
    ),
    Reason.BROKEN: gettext_lazy("The outline has gaps or signs that are no numbers. Please export it again."),
    Reason.CROSSING: gettext_lazy(
        "The line crosses itself, so it is open what lies inside. Please mend the outline and export it again."
    ),
}
REFUSALS = {
    Refusal.BEFORE_IT_BEGAN: gettext_lazy(
        "On this day the old one did not exist yet. Please give a later day."
    ),
    Refusal.ALREADY_ENDED: gettext_lazy(
        "The old one ended on another day already. Please give that day, or change its end first."
    ),
}


class SpaceForm(RecordForm):
    """A quarter or another area. The outline comes as a file; of several areas in it one is chosen."""

    position = WholeNumberField(
        label=gettext_lazy("Place in lists"),
        required=False,
        max_value=32_000,
        help_text=gettext_lazy("Lists keep the order of the map, never a ranking. 1 comes first."),
    )
    valid_from = GermanDateField(label=gettext_lazy("Valid from"), required=False)
    valid_until = GermanDateField(
        label=gettext_lazy("Valid until"),
        required=False,
        help_text=gettext_lazy("The first day on which it no longer holds. Leave empty as long as it holds."),
    )
    outline = forms.FileField(
        label=gettext_lazy("Outline"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
        help_text=gettext_lazy("A GeoJSON file in WGS 84. Without a file the outline stays as it is."),
    )
    # What was read from the file: a browser does not send a file twice.
    outline_kept = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    class Meta:
        model = SocialSpace
        fields = [
            "name", "kind", "code", "valid_from", "valid_until", "position", "visibility", "outline",
            "outline_is_schematic",
        ]  # fmt: skip
        help_texts = {
            "code": gettext_lazy("As in the tables of the statistics office, if there is one."),
            "outline_is_schematic": gettext_lazy("Maps then say that the outline is only roughly right."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mended = False
        self.fields["visibility"].choices = [  # type: ignore[attr-defined]
            (value, label)
            for value, label in Visibility.choices
            if value in (Visibility.PUBLIC, Visibility.TENANT, self.instance.visibility)
        ]

    def clean_position(self) -> int:
        return self.cleaned_data["position"] or 0

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "outline" not in self.errors:
            self._read_outline(values)
        self._check_days(values)
        self._check_name(values)
        return values

    def _read_outline(self, values: dict[str, Any]) -> None:
        file = self.files.get(self.add_prefix("outline"))
        content = file.read(outlines.LARGEST_BYTES + 1) if file else values.get("outline_kept") or ""
        values["outline"] = self.instance.outline
        if not content:
            return
        try:
            areas = outlines.read(content)
        except NotAnOutline as fault:
            words = str(WORDS[fault.reason])
            named = _("“%(area)s”:") % {"area": fault.area} if fault.area else ""
            self.add_error("outline", f"{named} {words}".strip())
            return
        chosen = areas[0] if len(areas) == 1 else self._chosen(areas, values)
        self._keep(areas if chosen is None else [chosen])
        if chosen is not None:
            values["outline"], self.mended = chosen.geometry, chosen.mended

    def _chosen(self, areas: list[outlines.Area], values: dict[str, Any]) -> outlines.Area | None:
        """Of several areas the one chosen, or the only one that bears the quarter's name."""
        number = self.data.get(self.add_prefix("outline_area"), "")
        if number.isdecimal() and int(number) < len(areas):
            return areas[int(number)]
        name = name_key(values.get("name") or "")
        same = [area for area in areas if area.name and name_key(area.name) == name]
        if len(same) == 1:
            return same[0]
        choices = [(str(at), area.name or _("area %(n)s") % {"n": at + 1}) for at, area in enumerate(areas)]
        self.fields["outline_area"] = forms.ChoiceField(
            label=_("Area of the file"), choices=[("", _("Please choose")), *choices], required=False
        )
        words = ngettext(
            "The file holds %(n)s area. Please choose one.",
            "The file holds %(n)s areas. Please choose one.",
            len(areas),
        ) % {"n": len(areas)}
        self.add_error("outline_area", words)
        return None

    def _keep(self, areas: list[outlines.Area]) -> None:
        kept = outlines.as_collection(areas)
        self.data = self.data.copy()
        self.data[self.add_prefix("outline_kept")] = kept if len(kept) <= MOST_KEPT else ""

    def _check_days(self, values: dict[str, Any]) -> None:
        start, end = values.get("valid_from"), values.get("valid_until")
        if start and end and end <= start:
            self.add_error("valid_until", _("The end lies before the beginning. Please check both days."))

    def _check_name(self, values: dict[str, Any]) -> None:
        """Two quarters of one name at one time would be mistaken for each other."""
        start, end = values.get("valid_from"), values.get("valid_until")
        self._refuse_taken(values.get("name"), values.get("kind"), start, end, but=self.instance)

    def _refuse_taken(
        self, name: str | None, kind: str | None, start: date | None, end: date | None, but: SocialSpace
    ) -> None:
        rows = SocialSpace.objects.filter(kind=kind).exclude(pk=but.pk)
        for other, *days in rows.values_list("name", "valid_from", "valid_until"):
            if name and name_key(other) == name_key(name) and rules.overlap(start, end, *days):
                words = _("“%(name)s” exists already at this time. Please choose another name or other days.")
                self.add_error("name", words % {"name": other})
                return


class SuccessorForm(SpaceForm):
    """The space that takes the place of another from a day on."""

    day = GermanDateField(
        label=gettext_lazy("From which day"),
        help_text=gettext_lazy(
            "The old one holds up to the day before. What was recorded for it stays with it."
        ),
    )

    class Meta(SpaceForm.Meta):
        fields = ["name", "code", "visibility", "outline", "outline_is_schematic"]

    field_order = ("day", "name", "code", "visibility", "outline", "outline_is_schematic")

    def __init__(self, *args: Any, old: SocialSpace, **kwargs: Any) -> None:
        self.old = old
        instance = SocialSpace(kind=old.kind, position=old.position)
        start = {"name": old.name, "code": old.code, "visibility": old.visibility}
        super().__init__(*args, instance=instance, initial=start, **kwargs)
        for name in ("kind", "position", "valid_from", "valid_until"):
            self.fields.pop(name, None)

    def clean_position(self) -> int:  # not asked for
        return self.old.position

    def clean(self) -> dict[str, Any]:
        day = self.cleaned_data.get("day")
        if day and (refusal := rules.may_be_replaced(self.old.valid_from, self.old.valid_until, day)):
            self.add_error("day", str(REFUSALS[refusal]))
        return super().clean()

    def _check_name(self, values: dict[str, Any]) -> None:
        """The old one may pass its name on: it ends when this one begins."""
        if day := values.get("day"):
            self._refuse_taken(values.get("name"), self.old.kind, day, None, but=self.old)
