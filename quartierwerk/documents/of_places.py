"""The maps of quarters, drawn for `places`, which lies below and knows no drawing."""

from collections.abc import Sequence

from quartierwerk.places.register import Shape

from . import maps


def draw(shapes: Sequence[Shape], title: str, finding: str) -> str:
    """The areas, the current one with a thick line around it."""
    areas = [
        maps.Area(
            name=shape.name,
            outline=maps.outline_of(shape.outline),
            link=shape.link,
            link_name=shape.link_name,
        )
        for shape in shapes
    ]
    thick = [maps.outline_of(shape.outline) for shape in shapes if shape.is_current]
    return maps.draw(areas, title=title, finding=finding, quarters=thick)
