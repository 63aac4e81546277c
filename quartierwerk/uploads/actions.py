import hashlib
import io

from PIL import Image

from .cleaning import clean_picture
from .models import Picture, PictureFile

MIME_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


def store_files(picture: Picture, content: bytes) -> list[PictureFile]:
    """Draw the picture once in each size, without what its maker did not mean to send. Raises sniffing.Refused."""
    files = []
    for size, longest in PictureFile.SIZES.items():
        drawn = clean_picture(content, longest_side=longest)
        with Image.open(io.BytesIO(drawn)) as image:
            files.append(
                PictureFile(
                    picture=picture,
                    size=size,
                    content=drawn,
                    mime_type=MIME_TYPES[str(image.format)],
                    width=image.width,
                    height=image.height,
                    fingerprint=hashlib.sha256(drawn).hexdigest(),
                )
            )
    return [*PictureFile.objects.bulk_create(files)]
