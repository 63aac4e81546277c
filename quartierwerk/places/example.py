"""The six quarters of the example town, in schematic outlines that say so."""

import json
from pathlib import Path

from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant, Visibility

from .models import SocialSpace

# In geographic order, never a ranking.
ORDER = ["Alt-Laatzen", "Laatzen-Mitte", "Grasdorf", "Rethen", "Gleidingen", "Ingeln-Oesselse"]


@example.part(order=10)
def quarters(town: Tenant) -> None:
    if town.slug != "laatzen":
        return
    data = json.loads((Path(__file__).parent / "data" / "example_quarters.geojson").read_text())
    for feature in data["features"]:
        name = feature["properties"]["name"]
        SocialSpace.objects.create(
            name=name,
            outline=feature["geometry"],
            outline_is_schematic=True,
            position=ORDER.index(name) + 1,
            visibility=Visibility.PUBLIC,
        )
