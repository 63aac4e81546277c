"""One way to reach a person: a mail address or a phone number, and when two of them are the same. Pure."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

FEWEST_DIGITS = 6


def is_mail(text: str) -> bool:
    try:
        validate_email(text.strip())
    except ValidationError:
        return False
    return True


def is_phone(text: str) -> bool:
    """Digits with what people write between them."""
    digits = re.sub(r"\D", "", text)
    return FEWEST_DIGITS <= len(digits) <= 15 and re.fullmatch(r"[\d\s()+/.\-]+", text.strip()) is not None


def key_of(text: str) -> str:
    """The same for +49 511 123, 0049 511 123 and 0511-123."""
    text = text.strip()
    if "@" in text:
        return text.casefold()
    digits = re.sub(r"\(0\)|\D", "", text)
    if text.startswith("+49"):
        return "0" + digits[2:]
    return "0" + digits[4:] if digits.startswith("0049") else digits
