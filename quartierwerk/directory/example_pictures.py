"""Pictures of the example town, drawn here: beside texts in Leichte Sprache, one of them still without its rights."""

import io
from collections.abc import Callable

from PIL import Image, ImageDraw

from quartierwerk.languages.states import TranslationState
from quartierwerk.languages.tags import SIMPLE_GERMAN
from quartierwerk.tenants import example
from quartierwerk.tenants.models import Tenant
from quartierwerk.uploads import actions
from quartierwerk.uploads.models import Picture, PictureText

from .models import OfferText

SIZE = (1200, 800)
PAPER, SKIN, WOOD, BLUE, WINE, GREEN = "#f4f0e6", "#c98f6b", "#b98b55", "#2044aa", "#922659", "#006d45"
Pen = ImageDraw.ImageDraw


def person(pen: Pen, x: int, y: int, colour: str) -> None:
    pen.ellipse((x - 60, y - 60, x + 60, y + 60), fill=SKIN)
    pen.rounded_rectangle((x - 95, y + 75, x + 95, y + 330), 70, fill=colour)


def course(pen: Pen) -> None:
    for x, colour in ((280, BLUE), (600, WINE), (920, GREEN)):
        person(pen, x, 250, colour)
    pen.rounded_rectangle((110, 500, 1090, 590), 20, fill=WOOD)
    for x in (280, 600, 920):
        pen.polygon([(x - 90, 500), (x, 520), (x, 450), (x - 90, 430)], fill="white")
        pen.polygon([(x + 90, 500), (x, 520), (x, 450), (x + 90, 430)], fill="#e4e6ee")


def talk(pen: Pen) -> None:
    person(pen, 330, 400, BLUE)
    person(pen, 870, 400, GREEN)
    for left, colour in ((180, "white"), (700, "#e4e6ee")):
        pen.rounded_rectangle((left, 90, left + 320, 270), 60, fill=colour)
        for x in (90, 160, 230):
            pen.ellipse((left + x - 16, 164, left + x + 16, 196), fill=WINE)


def tea(pen: Pen) -> None:
    pen.rounded_rectangle((110, 600, 1090, 680), 20, fill=WOOD)
    pen.rounded_rectangle((430, 330, 740, 600), 60, fill=WINE)
    pen.arc((640, 380, 820, 540), -90, 90, fill=WINE, width=34)
    for x in (510, 585, 660):
        pen.arc((x - 40, 170, x + 40, 290), 90, 270, fill="#6e7597", width=14)


# Drawing, description, the same in Leichte Sprache, and the offers whose text it stands beside.
Drawing = tuple[Callable[[Pen], None], str, str, tuple[str, ...]]
DRAWINGS: tuple[Drawing, ...] = (
    (
        course,
        "Drei Menschen sitzen an einem Tisch, vor jedem liegt ein aufgeschlagenes Buch.",
        "3 Menschen lernen an einem Tisch.",
        ("offer-alpha-frauen", "offer-alpha-abend", "offer-deutsch-a1-vormittag", "offer-gleidingen-a1"),
    ),
    (
        talk,
        "Zwei Menschen sprechen miteinander, über ihnen stehen Sprechblasen.",
        "2 Menschen reden miteinander.",
        ("offer-migrationsberatung", "offer-schuldnerberatung", "offer-wohngeld"),
    ),
    (tea, "Eine Tasse mit heißem Tee steht auf einem Tisch.", "Eine Tasse Tee.", ("offer-offener-treff",)),
)


@example.part(order=60)
def pictures(town: Tenant) -> None:
    texts = OfferText.objects.filter(language=SIMPLE_GERMAN, text_name="description")
    for draw, alt, simple, offers in DRAWINGS:
        beside = texts.filter(record__source_id__in=offers)
        if not beside:
            continue
        beside.update(picture=_picture(draw, alt, simple, Picture.Persons.NONE))
    if texts:
        _picture(course, "Gäste des Sommerfests sitzen an einem Tisch.", "", Picture.Persons.NO_CONSENT)


def _picture(draw: Callable[[Pen], None], alt: str, simple: str, persons: str) -> Picture:
    sizes = actions.draw(_drawn(draw))
    picture = Picture(
        alt=alt,
        licence=Picture.Licence.OWN,
        persons=persons,
        width=sizes["page"].width,
        height=sizes["page"].height,
    )
    picture.visibility = actions.visibility_of(picture)
    picture.save()
    actions.keep_files(picture, sizes)
    if simple:
        PictureText.objects.create(
            record=picture, text_name="alt", language=SIMPLE_GERMAN, text=simple, source_text=alt,
            state=TranslationState.HUMAN,
        )  # fmt: skip
    return picture


def _drawn(draw: Callable[[Pen], None]) -> bytes:
    image = Image.new("RGB", SIZE, PAPER)
    draw(ImageDraw.Draw(image))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
