"""What a password may not be, beside short and common: the person's own name or address, or a common word drawn out."""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_SHORTEST_PART = 4


class NotTheObvious:
    def __init__(self):
        self.common = CommonPasswordValidator().passwords

    def validate(self, password: str, user=None) -> None:
        if len(set(password)) < 4:
            raise ValidationError(_("This password repeats the same few signs."), code="password_too_simple")
        if self._is_a_common_word_drawn_out(password):
            raise ValidationError(
                _("This is a common word made longer. Others would try that first."),
                code="password_too_common",
            )
        if user is not None and self._is_made_of(password, user):
            raise ValidationError(
                _("This password is your name or your mail address. Others would try that first."),
                code="password_too_similar",
            )

    def _is_a_common_word_drawn_out(self, password: str) -> bool:
        """`passwortpasswort`, `Passwort12345!`: the lists hold the short words only."""
        core = re.sub(r"[\W\d_]+", "", password.casefold())
        unit = re.fullmatch(r"(.+?)\1*", core)
        return unit is not None and unit[1] in self.common

    @staticmethod
    def _is_made_of(password: str, user) -> bool:
        """Whether little is left once name and address are taken out."""
        rest = password.casefold()
        parts = [user.email, *user.email.replace("@", ".").split("."), user.name, *user.name.split()]
        for part in sorted({part.casefold() for part in parts}, key=len, reverse=True):
            if len(part) >= _SHORTEST_PART:
                rest = rest.replace(part, "")
        return len(rest) < _SHORTEST_PART and rest != password.casefold()

    def get_help_text(self) -> str:
        return _("It is neither your name nor your mail address.")
