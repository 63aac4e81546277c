"""Encrypting small values that the server alone must read again: keys of second factors, text kept for its writer.

Bound to the installation's secret and to a purpose; older secrets (`SECRET_KEY_FALLBACKS`) still open what they
sealed. A value that was changed, or sealed for something else, raises `Broken`: it is never returned raw.
"""

import base64
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


class Broken(ValueError):
    """Not sealed by this installation for this purpose, or changed since."""


def _box(secret: str, purpose: str) -> AESGCM:
    return AESGCM(
        hashlib.blake2b(purpose.encode(), key=hashlib.sha512(secret.encode()).digest()[:32]).digest()[:32]
    )


def seal(text: str, purpose: str) -> str:
    nonce = os.urandom(_NONCE)
    sealed = _box(settings.SECRET_KEY, purpose).encrypt(nonce, text.encode(), purpose.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def unseal(sealed: str, purpose: str) -> str:
    try:
        raw = base64.urlsafe_b64decode(sealed.encode())
    except ValueError:
        raise Broken from None
    secrets: list[str] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]  # type: ignore[list-item]
    for secret in secrets:
        try:
            return _box(secret, purpose).decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise Broken
