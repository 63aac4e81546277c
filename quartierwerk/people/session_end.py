"""Ends sessions: half an hour after the last request, ten hours after signing in (data protection §2)."""

import time

from django.contrib.auth import logout

from . import kept, rules

_BEGAN, _SEEN = "began", "seen"
# Writing the session at every request would be one more write for each; a minute more or less does not matter.
_NOTE_EVERY = 60


class SessionEnd:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self._end_or_go_on(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            request.session.setdefault(_BEGAN, time.time())  # signing in happened in this very request
        kept.mark_browser(request, response)
        return response

    @staticmethod
    def _end_or_go_on(request) -> None:
        now = time.time()
        left = rules.seconds_left(request.session.setdefault(_BEGAN, now), now)
        if left == 0:
            logout(request)
        elif now - request.session.get(_SEEN, 0) >= _NOTE_EVERY:
            request.session[_SEEN] = now
            request.session.set_expiry(left)
