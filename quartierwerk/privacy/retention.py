"""How long what is kept: one period a deletion class, as data protection §3 has them.

A municipality may change a period within its range; keeping longer than the default needs a second person
(`models.PeriodChange`). Backups are no rows: whoever writes them asks `PERIODS[Retention.BACKUP]`.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext

from .registry import Retention

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True, order=True)
class Span:
    """A length of time as laws write it: months are calendar months."""

    months: int = 0
    days: int = 0
    hours: int = 0

    def before(self, moment: datetime) -> datetime:
        return _shifted(moment, -self.months) - timedelta(days=self.days, hours=self.hours)

    def after(self, moment: datetime) -> datetime:
        return _shifted(moment, self.months) + timedelta(days=self.days, hours=self.hours)

    @property
    def length(self) -> timedelta:
        """For comparing only: a month counts 30.4 days."""
        return timedelta(days=30.4 * self.months + self.days, hours=self.hours)

    def __str__(self) -> str:
        if self.months and self.months % 12 == 0:
            years = self.months // 12
            return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
        if self.months:
            return ngettext("%(count)d month", "%(count)d months", self.months) % {"count": self.months}
        if self.hours:
            return ngettext("%(count)d hour", "%(count)d hours", self.hours) % {"count": self.hours}
        return ngettext("%(count)d day", "%(count)d days", self.days) % {"count": self.days}


def _shifted(moment: datetime, months: int) -> datetime:
    index = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(index, 12)
    for day in (moment.day, 30, 29, 28):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    raise ValueError("no such day")


def years(count: int) -> Span:
    return Span(months=12 * count)


def months(count: int) -> Span:
    return Span(months=count)


def days(count: int) -> Span:
    return Span(days=count)


def hours(count: int) -> Span:
    return Span(hours=count)


@dataclass(frozen=True)
class Period:
    """begins    what starts the period, in words
    end_of_year  it starts at the end of the year in which that happened
    binding      a law demands it: an erasure asked for earlier locks the rows instead, and says until when
    """

    begins: "Words"
    default: Span
    shortest: Span
    longest: Span
    reason: "Words"
    end_of_year: bool = False
    binding: bool = False

    def cutoff(self, now: datetime, span: Span | None = None) -> datetime:
        """Rows that began before this moment are due."""
        moment = (span or self.default).before(now)
        return datetime(moment.year, 1, 1, tzinfo=UTC) if self.end_of_year else moment

    def ends(self, began: datetime | date, span: Span | None = None) -> datetime:
        """When a row that began then is due."""
        if not isinstance(began, datetime):
            began = datetime(began.year, began.month, began.day, tzinfo=UTC)
        if self.end_of_year:
            began = datetime(began.year + 1, 1, 1, tzinfo=UTC)
        return (span or self.default).after(began)

    def allows(self, span: Span) -> bool:
        return self.shortest.length <= span.length <= self.longest.length

    def loosens(self, span: Span) -> bool:
        return span.length > self.default.length


R = Retention
PERIODS: dict[Retention, Period] = {
    R.CASE: Period(
        _("end of the year in which it was closed"), years(3), years(0), years(10),
        _("Purpose ended (Art. 17 GDPR); regular limitation (BGB 195, 199); SGB X 84 where it applies"),
        end_of_year=True,
    ),
    R.WORKING_NOTES: Period(
        _("moved into the documentation, at latest closing"), days(30), days(0), days(90), _("Data minimisation")
    ),
    R.ENQUIRY: Period(_("last contact"), months(6), months(1), months(12), _("Purpose ended")),
    R.CONSENT: Period(
        _("end of the processing it allowed"), years(3), years(3), years(10),
        _("Proof (Art. 7(1), 5(2) GDPR)"), binding=True,
    ),
    R.BOOKING_CLIENT: Period(_("appointment"), months(6), months(1), months(12), _("Purpose ended")),
    R.MONEY: Period(
        _("end of the financial year"), years(10), years(6), years(10),
        _("Cash records: state budget rules, AO 147"), end_of_year=True, binding=True,
    ),
    R.VOLUNTEER: Period(_("end of service"), years(1), years(0), years(3), _("Purpose ended; limitation")),
    R.CERTIFICATE: Period(
        _("end of service; at once if no service begins"), months(3), months(0), months(6), _("SGB VIII 72a(5)")
    ),
    R.FUNDING: Period(
        _("proof of use submitted"), years(10), years(5), years(15),
        _("Grant conditions (ANBest-P), cash records; longer for funds of the EU"), binding=True,
    ),
    R.PARTICIPATION: Period(_("end of the process"), months(6), months(0), months(12), _("Purpose ended")),
    R.HOUSING_SEARCH: Period(
        _("moved in or withdrawn"), months(12), months(3), months(36),
        _("Purpose ended; limitation if the municipality lets"),
    ),
    R.RESIDENT_ACCOUNT: Period(_("last log-in"), months(24), months(6), months(36), _("Purpose ended")),
    R.STAFF_ACCOUNT: Period(
        _("leaving"), months(12), months(1), months(24), _("Accountability of the journal; the pseudonym stays")
    ),
    R.SPECIAL_ACCESS: Period(
        _("end of the year of the event"), months(12), months(12), months(36),
        _("Art. 5(2), 32 GDPR; orientation BDSG 76(4)"), end_of_year=True,
    ),
    R.SECURITY_LOG: Period(_("event"), days(90), days(30), days(180), _("Finding misuse (Art. 32 GDPR)")),
    R.SENT_MAIL: Period(_("sending"), days(30), days(7), days(90), _("Data minimisation")),
    R.IMPORT_FILE: Period(_("upload"), days(7), days(1), days(30), _("Data minimisation")),
    R.EXPORT_FILE: Period(_("creation"), hours(24), hours(1), hours(72), _("Data minimisation")),
    R.BACKUP: Period(_("creation"), days(35), days(14), days(90), _("Art. 32 GDPR; erasure must reach them")),
    # Beyond the table of data protection: what the ground itself keeps.
    R.CONTACT_PERSON: Period(
        _("the offer was last shown"), months(12), months(1), months(24), _("Purpose ended: nobody asks any more")
    ),
    R.JOURNAL: Period(
        _("end of the year of the event"), years(3), years(1), years(10),
        _("Accountability (Art. 5(2) GDPR); regular limitation (BGB 195, 199)"), end_of_year=True,
    ),
    R.DATA_REQUEST: Period(
        _("end of the matter"), years(3), years(3), years(5), _("Proof of the answer (Art. 5(2) GDPR)")
    ),
    R.INVITATION: Period(
        _("accepted, withdrawn or expired"), days(30), days(1), days(90), _("Purpose ended")
    ),
    R.TYPED_TEXT: Period(_("end of the session"), hours(24), hours(1), hours(72), _("Data minimisation")),
    R.SESSION: Period(_("end of the session"), hours(24), hours(1), hours(72), _("Data minimisation")),
}  # fmt: skip

# The classes' names for people, for the catalogues; `registry.Retention` stays plain, since rows hold its values.
CLASS_NAMES = (
    gettext_noop("counselling case"), gettext_noop("personal working notes"),
    gettext_noop("enquiry that became no case"), gettext_noop("consent record"),
    gettext_noop("link from a booking to the client"), gettext_noop("booking and expenses without client"),
    gettext_noop("volunteer profile"), gettext_noop("certificate of conduct"), gettext_noop("funding file"),
    gettext_noop("participation contact data"), gettext_noop("housing search of a person"),
    gettext_noop("resident account"), gettext_noop("staff account"),
    gettext_noop("access log on specially protected data"), gettext_noop("security log"),
    gettext_noop("sent mail"), gettext_noop("import file"), gettext_noop("export file"), gettext_noop("backup"),
    gettext_noop("published contact person"), gettext_noop("journal"),
    gettext_noop("request about one's own data"), gettext_noop("invitation"),
    gettext_noop("typed text kept over a session's end"), gettext_noop("session"),
)  # fmt: skip
