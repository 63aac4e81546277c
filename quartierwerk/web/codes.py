"""Codes by which somebody without account comes back to what she left: short enough for a slip of paper, read as typed.

A code follows from the record's number and the installation's key, so that nothing has to keep it; the record holds its
digest, by which it is found and which may be exchanged for that of a new code.
"""

import hashlib
import hmac
from base64 import b32encode

from django.conf import settings

LETTERS = 10
# Letters that look like figures are read as those.
_ALIKE = str.maketrans({"0": "O", "1": "I", "8": "B"})


def derived(purpose: str, number: bytes) -> str:
    digest = hmac.new(settings.SECRET_KEY.encode(), purpose.encode() + b" " + number, "sha256").digest()
    return b32encode(digest)[:LETTERS].decode()


def hash_of(code: str) -> str:
    return hashlib.sha256(readable(code).encode()).hexdigest()


def readable(typed: str) -> str:
    """A code as somebody types it from paper: small letters, spaces, dashes."""
    return "".join(sign for sign in typed.upper().translate(_ALIKE) if sign.isalnum())[:40]


def grouped(code: str) -> str:
    """As it is printed: five letters, a dash, five letters."""
    return f"{code[:5]}-{code[5:]}"
