"""Sending a list in, and saying which of its columns fills which field."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quartierwerk.intake.mapping import Mapping, Source, Target
from quartierwerk.languages import tags

from ..editing.forms import SPOKEN
from .imports.files import Part
from .imports.mappings import BundleMapping, TableMapping, split_sign, with_usual_words
from .imports.targets import KINDS, Kind, kind_name, targets

AXES = {"latitude": gettext_lazy("Latitude"), "longitude": gettext_lazy("Longitude")}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List"),
        help_text=gettext_lazy(
            "CSV, Excel (.xlsx), JSON or GeoJSON; also HSDS and the locations of Integreat. It is deleted after seven "
            "days."
        ),
    )
    source = forms.CharField(
        label=gettext_lazy("Where does the list come from?"),
        help_text=gettext_lazy(
            "For example: partners of the volunteer agency. Use the same words next time: then its records are "
            "updated instead of added again."
        ),
        max_length=120,
    )
    language = forms.ChoiceField(label=gettext_lazy("The texts are written in"))
    publish = forms.BooleanField(
        label=gettext_lazy("Show the records to visitors at once"),
        help_text=gettext_lazy(
            "Without the tick they wait for staff, who publish them one by one or all at once."
        ),
        required=False,
    )

    def __init__(self, *args: Any, reader: str, written: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = list(dict.fromkeys([written, "de", "de-simple", "en", *SPOKEN]))
        _offer(self, "language", [(tag, tags.name(tag, reader)) for tag in known])


class KindForm(forms.Form):
    """Asked first: the fields to choose from depend on it."""

    kind = forms.ChoiceField(label=gettext_lazy("Each row is"))
    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"), required=False)

    def __init__(self, *args: Any, sheets: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "kind", [(kind, kind_name(kind)) for kind in KINDS])
        if len(sheets) > 1:
            _offer(self, "sheet", [(sheet, sheet) for sheet in sheets])
        else:
            del self.fields["sheet"]


class MappingForm(forms.Form):
    """One choice of a column for each field of a kind of table."""

    leave_out = forms.MultipleChoiceField(
        label=gettext_lazy("Columns to leave out"),
        help_text=gettext_lazy(
            "Columns without a field are kept with the record, for staff only. Tick those that must not be kept, above "
            "all names and private numbers of persons."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    save_as = forms.CharField(
        label=gettext_lazy("Save this assignment under the name"),
        help_text=gettext_lazy("It is then proposed for the next list with these columns."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, part: Part, kind: Kind, proposed: TableMapping, **kwargs: Any) -> None:
        self.part, self.kind, self.proposed = part, kind, proposed
        self.targets: list[Target] = [target for target in targets(kind) if target.name != "kept"]
        super().__init__(*args, **kwargs)
        headers = [(header, header) for header in part.table.headers]
        choices = [("", _("not in this list")), *headers]
        added: dict[str, forms.Field] = {}
        for target in self.targets:
            columns = proposed.mapping.sources.get(target.name, Source()).columns
            if target.kind == "coordinates":
                for place, (axis, label) in enumerate(AXES.items()):
                    added[axis] = forms.ChoiceField(
                        label=label,
                        choices=choices,
                        required=False,
                        initial=columns[place] if place < len(columns) else "",
                    )
                continue
            added[f"to_{target.name}"] = forms.ChoiceField(
                label=target.label,
                choices=choices,
                required=target.required,
                initial=columns[0] if columns else "",
                error_messages={"required": _("Please choose a column; no row can do without it.")},
            )
        self.fields = {**added, **self.fields}
        _offer(self, "leave_out", headers)
        self.fields["leave_out"].initial = list(proposed.leave_out)

    @property
    def taken(self) -> list[forms.BoundField]:
        """Fields that every row needs, and those for which there is a column."""
        return [self[name] for name, field in self.fields.items() if self._is_taken(name, field)]

    @property
    def further(self) -> list[forms.BoundField]:
        own = MappingForm.base_fields
        return [
            self[name]
            for name, field in self.fields.items()
            if name not in own and not self._is_taken(name, field)
        ]

    @property
    def about_columns(self) -> list[forms.BoundField]:
        return [self[name] for name in MappingForm.base_fields]

    @property
    def fault_in_further(self) -> bool:
        return any(field.errors for field in self.further)

    def _is_taken(self, name: str, field: forms.Field) -> bool:
        return name not in MappingForm.base_fields and bool(field.required or field.initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("latitude")) != bool(cleaned.get("longitude")):
            self.add_error(
                "longitude" if cleaned.get("latitude") else "latitude", _("Please choose both, or neither.")
            )
        return cleaned

    def bundle(self, source: str) -> BundleMapping:
        """The mapping as chosen. What a known mapping says beyond the column (words, several columns) stays."""
        chosen = self.cleaned_data
        sources: dict[str, Source] = {}
        for target in self.targets:
            before = self.proposed.mapping.sources.get(target.name)
            if target.kind == "coordinates":
                columns = tuple(chosen[axis] for axis in AXES if chosen.get(axis))
            else:
                columns = (chosen[f"to_{target.name}"],) if chosen.get(f"to_{target.name}") else ()
            if not columns:
                continue
            if before and before.columns[: len(columns)] == columns:
                sources[target.name] = before
            else:
                split = split_sign(self.part.table, columns[0]) if target.many else ""
                sources[target.name] = Source(columns=columns, split=split)
        used = {column for one in sources.values() for column in one.columns}
        table = TableMapping(
            self.kind,
            with_usual_words(Mapping(sources)),
            sheet=self.part.table.sheet if len(self.part.table.sheets) > 1 else "",
            leave_out=tuple(column for column in chosen["leave_out"] if column not in used),
        )
        return BundleMapping(source, (table,))


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, form.fields[name]).choices = choices


class ExportForm(forms.Form):
    format = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=[
            ("xlsx", gettext_lazy("Excel (.xlsx), a sheet each for organisations, locations and offers")),
            ("csv", gettext_lazy("CSV, one table for everything")),
            ("geojson", gettext_lazy("GeoJSON, for maps")),
            ("hsds", gettext_lazy("HSDS, for other directories (JSON)")),
            ("hsds-csv", gettext_lazy("HSDS as tables (ZIP of CSV)")),
            ("ics", gettext_lazy("iCalendar, the times of all offers")),
        ],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What for?"),
        help_text=gettext_lazy("Stands in the journal with your name."),
        choices=[
            ("", gettext_lazy("please choose")),
            ("own evaluation", gettext_lazy("our own evaluation")),
            ("correction", gettext_lazy("correcting many records and importing them again")),
            ("partner", gettext_lazy("passing on to a partner")),
            ("publication", gettext_lazy("publishing or printing")),
            ("backup", gettext_lazy("keeping a copy")),
        ],
    )
