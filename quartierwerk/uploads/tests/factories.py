import io

from PIL import Image

from quartierwerk.uploads import actions
from quartierwerk.uploads.models import Picture, PictureFile


def jpeg(width: int = 640, height: int = 480, colour: str = "teal") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG")
    return file.getvalue()


def picture(token: str = "Presseamt", content: bytes | None = None, **values) -> Picture:
    """A saved picture with both sizes that may be shown, and is, unless `visibility` says otherwise."""
    given = {
        "alt": "Drei Personen an einem Tisch mit Büchern",
        "author": token,
        "licence": Picture.Licence.CC_BY,
        "persons": Picture.Persons.CONSENT,
        "consent_note": f"Ordner {token}",
        "visibility": "public",
    }
    sizes = actions.draw(content or jpeg())
    drawn = sizes["page"]
    one = Picture.objects.create(**{**given, "width": drawn.width, "height": drawn.height, **values})
    actions.keep_files(one, sizes)
    return one


def picture_file(token: str = "Presseamt") -> PictureFile:
    """With the word among its bytes."""
    file = picture(token).files.get(size="thumbnail")
    file.content = bytes(file.content) + token.encode()
    file.save(update_fields=["content"])
    return file
