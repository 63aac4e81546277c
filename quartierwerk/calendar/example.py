"""Public dates and closing days of the example town: all invented; one is cancelled, two collide."""

import json
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone

from quartierwerk.languages.states import TranslationState
from quartierwerk.places.models import Address, SocialSpace
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant, Visibility

from .models import ClosingDay, PublicDate, PublicDateText


@example.part(order=40)
def dates(town: Tenant) -> None:
    path = Path(__file__).parent / "data" / f"example_{town.slug}.json"
    if not path.exists():
        return
    data = json.loads(path.read_text())
    spaces = {space.name: space for space in SocialSpace.objects.all()}
    addresses: dict[str, Address] = {}
    for entry in data["dates"]:
        space = spaces[entry["quarter"]]
        if (street := entry["street"]) not in addresses:
            addresses[street] = Address.objects.create(
                name=entry["place"],
                street=street,
                postcode=town.postcodes[0],
                town=town.name,
                latitude=entry["at"][0],
                longitude=entry["at"][1],
                space=space,
                visibility=Visibility.PUBLIC,
            )
        date = PublicDate.objects.create(
            **_values(PublicDate, entry),
            skip_holidays=entry["freq"] != PublicDate.Frequency.ONCE,  # as the form stores it
            space=space,
            address=addresses[street],
            visibility=Visibility.PUBLIC,
        )
        PublicDateText.objects.bulk_create(
            PublicDateText(
                record=date,
                text_name=name,
                language=language,
                text=text,
                state=TranslationState.MACHINE,
                source_text=getattr(date, name),
                origin="team, unreviewed",
            )
            for language, texts in entry.get("texts", {}).items()
            for name, text in texts.items()
        )
    ClosingDay.objects.bulk_create(
        ClosingDay(
            **_values(ClosingDay, entry),
            space=spaces.get(entry.get("quarter", "")),
            visibility=Visibility.PUBLIC,
        )
        for entry in data["closing_days"]
    )


def _values(model: type[models.Model], entry: dict[str, Any]) -> dict[str, Any]:
    fields = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    return {name: _typed(fields[name], value) for name, value in entry.items() if name in fields}


def _typed(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.DateTimeField):
        return datetime.combine(datetime.fromisoformat(value), time(9), timezone.get_default_timezone())
    return field.to_python(value)
