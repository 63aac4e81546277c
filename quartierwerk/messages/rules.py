"""Decisions about sending, on plain values."""

import smtplib
from dataclasses import dataclass

MINUTE, HOUR, DAY = 60, 3600, 86400
# Waiting times between tries in seconds; afterwards a mail is given up, as mail servers do after some days.
WAITS = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, DAY, DAY)


def wait_before_next(tries: int) -> int | None:
    """Seconds to wait after this many failed tries; None: give up."""
    return WAITS[tries - 1] if tries <= len(WAITS) else None


@dataclass(frozen=True)
class Problem:
    code: str  # kept and shown: never the server's words, which repeat the address
    for_good: bool


def problem_of(error: Exception) -> Problem:
    """What an error while sending means: for good where the recipient's server says so, else worth another try."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
        return _answer("recipient", max(codes, default=0), counts=True)
    if isinstance(error, smtplib.SMTPDataError):
        return _answer("contents", error.smtp_code, counts=True)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        # The operator's settings are wrong, not the mail: it goes out once they are right.
        return _answer("log-in", error.smtp_code)
    if isinstance(error, smtplib.SMTPSenderRefused):
        return _answer("sender", error.smtp_code)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer("server", error.smtp_code)
    if isinstance(error, (smtplib.SMTPNotSupportedError, UnicodeError)):
        return Problem("address not supported", for_good=True)
    if isinstance(error, smtplib.SMTPException):
        return Problem("connection lost", for_good=False)
    if isinstance(error, TimeoutError):
        return Problem("no answer in time", for_good=False)
    return Problem("not reachable", for_good=False)


def _answer(what: str, code: int, *, counts: bool = False) -> Problem:
    return Problem(f"{what} {code}", for_good=counts and 500 <= code < 600)
