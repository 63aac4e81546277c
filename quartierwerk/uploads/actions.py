import hashlib
import io
from dataclasses import dataclass

from django.db import transaction
from PIL import Image

from quartierwerk import journal, rights
from quartierwerk.privacy import history
from quartierwerk.rights import Person, Role
from quartierwerk.tenants.models import Visibility
from quartierwerk.web import editing

from . import rules
from .cleaning import clean_picture
from .forms import PictureForm
from .models import Picture, PictureFile

RIGHTS = frozenset({"licence", "author", "persons", "consent_note"})
MIME_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


@dataclass(frozen=True)
class Drawn:
    content: bytes
    mime_type: str
    width: int
    height: int


def draw(content: bytes) -> dict[str, Drawn]:
    """The picture once in each size, without what its maker did not mean to send. Raises sniffing.Refused."""
    sizes = {}
    for size, longest in PictureFile.SIZES.items():
        bare = clean_picture(content, longest_side=longest)
        with Image.open(io.BytesIO(bare)) as image:
            sizes[size] = Drawn(bare, MIME_TYPES[str(image.format)], image.width, image.height)
    return sizes


def keep_files(picture: Picture, sizes: dict[str, Drawn]) -> None:
    PictureFile.objects.bulk_create(
        PictureFile(
            picture=picture,
            size=size,
            content=drawn.content,
            mime_type=drawn.mime_type,
            fingerprint=hashlib.sha256(drawn.content).hexdigest(),
        )
        for size, drawn in sizes.items()
    )


@transaction.atomic
def add_picture(form: PictureForm, sizes: dict[str, Drawn], *, by: Person) -> Picture:
    """Store a new picture; visitors may see it as soon as its rights allow it. Raises Refused."""
    picture = form.instance
    picture.organisation_id = _organisation_of(by)
    picture.width, picture.height = sizes["page"].width, sizes["page"].height
    picture.visibility = visibility_of(picture)
    picture = editing.save(form, action="pictures.write", by=by, done="picture added")
    keep_files(picture, sizes)
    return picture


@transaction.atomic
def change_picture(form: PictureForm, *, by: Person) -> Picture:
    """Save words and rights. Without a right the picture is gone from visitors with the next request.

    Raises EditedMeanwhile, Refused.
    """
    picture = Picture.objects.select_for_update(of=("self",)).get(pk=form.instance.pk)
    rights.require(by, "pictures.write", picture)
    was = picture.visibility
    if was == Visibility.PUBLIC and not RIGHTS.isdisjoint(form.changed_data):
        # Shown again below where the new rights allow it: the table refuses a public picture that lacks one.
        _set_visibility(picture, Visibility.TENANT)
    picture = editing.save(form, action="pictures.write", by=by, done="picture changed")
    wanted = visibility_of(picture)
    _set_visibility(picture, wanted)
    if wanted != was:
        done = "picture shown" if wanted == Visibility.PUBLIC else "picture hidden"
        journal.record(done, picture, by=by, fields=["visibility"])
    return picture


def _set_visibility(picture: Picture, wanted: str) -> None:
    if picture.visibility != wanted:
        picture.visibility = wanted
        picture.save(update_fields=["visibility", "changed_at"])


@transaction.atomic
def delete_picture(picture: Picture, *, by: Person) -> None:
    """The picture goes from every page at once; the records stay without it. Raises Refused."""
    rights.require(by, "pictures.write", picture)
    journal.record("picture deleted", picture, by=by)
    with history.marked():  # the next nightly run takes maker and note out of the history, too
        picture.delete()


def visibility_of(picture: Picture) -> str:
    missing = rules.missing_rights(picture.licence, picture.author, picture.persons, picture.consent_note)
    return Visibility.TENANT if missing else Visibility.PUBLIC


def _organisation_of(by: Person):
    """An organisation's editor adds pictures to her own; whoever may do so anywhere, to the municipality's."""
    candidates = [
        None,
        *(grant.organisation_id for grant in by.grants_here() if grant.role == Role.ORGANISATION_EDITOR),
    ]
    return next(
        (
            one
            for one in candidates
            if rights.may(by, "pictures.write", Picture(tenant_id=by.tenant_id, organisation_id=one))
        ),
        None,
    )
