"""What pages show of a picture: its description in the reader's language, who made it, under which licence."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from quartierwerk.languages.showing import Shown, show_all
from quartierwerk.web import addresses

from .models import Picture, PictureFile

L = Picture.Licence
FREE_LICENCES = {  # names of their own, alike in every language
    L.CC_BY: ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    L.CC_BY_SA: ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    L.CC0: ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}


@dataclass(frozen=True)
class Credit:
    """Who made the picture and what others may do with it; both may be empty."""

    author: str
    licence: str
    licence_url: str

    def __bool__(self) -> bool:
        return bool(self.author or self.licence)


@dataclass(frozen=True)
class ShownPicture:
    url: str
    alt: Shown
    width: int
    height: int
    credit: Credit


def credit(picture: Picture) -> Credit:
    name, url = FREE_LICENCES.get(L(picture.licence), ("", ""))
    return Credit(picture.author, name, url)


def shown(picture: Picture, request, size: str = "page") -> ShownPicture:
    """Wants `translations` loaded, so that a list of pictures asks once for all."""
    address = addresses.public if request.area == "portal" else addresses.staff
    name = "pictures:file" if request.area == "portal" else "pictures_staff:file"
    width, height = fitting(picture.width, picture.height, PictureFile.SIZES[size])
    return ShownPicture(
        address(name, request, pk=picture.pk, size=size),
        show_all(picture, request.lang)["alt"],
        width,
        height,
        credit(picture),
    )


def fitting(width: int, height: int, longest: int) -> tuple[int, int]:
    """The size in a box of so many pixels; smaller pictures stay as they are."""
    share = min(1.0, longest / max(width, height, 1))
    return max(1, round(width * share)), max(1, round(height * share))


def picture_beside(record: Any, text: Shown, pictures: QuerySet[Picture]) -> Picture | None:
    """What stands beside a record's text: the picture of the text in its language, else the record's own.

    pictures   those the reader may see: `Picture.published` for visitors
    """
    for pk in (getattr(text.row, "picture_id", None), record.picture_id):
        if pk and (found := pictures.with_texts().filter(pk=pk).first()):  # type: ignore[attr-defined]
            return found
    return None


@dataclass(frozen=True)
class Use:
    label: str
    count: int


def uses(picture: Picture) -> list[Use]:
    """How many records of which kind show the picture, whoever they belong to; one query a kind."""
    counted: dict[type[Model], int] = {}
    for relation in Picture._meta.get_fields(include_hidden=True):
        model = relation.related_model if relation.auto_created and not relation.concrete else None
        if (
            model is None
            or model._meta.app_label == Picture._meta.app_label
            or hasattr(model, "pgh_tracked_model")
        ):
            continue
        number = model._default_manager.filter(**{relation.field.name: picture}).count()
        counted[model] = counted.get(model, 0) + number
    return [Use(str(model._meta.verbose_name_plural), number) for model, number in counted.items() if number]
