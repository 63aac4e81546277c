from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from quartierwerk.privacy.registry import DataClass, Lessening, Retention, TenantExport, register

from .models import Consent, ConsentText, DataRequest

register(
    ConsentText,
    purpose=_("What people are asked when their consent is needed"),
    default=DataClass.INTERNAL,
)
register(
    Consent,
    purpose=_("Proof of what somebody agreed to or refused (Art. 7(1) GDPR)"),
    default=DataClass.INTERNAL,
    fields=dict.fromkeys(
        ("subject", "agreed", "interpreter_helped", "by_guardian", "way"), DataClass.PERSONAL
    ),
    person="subject",
    withheld={"recorded_by": _("concerns somebody else")},
    retention=Retention.CONSENT,
    starts="ends_at",
    factory="quartierwerk.protection.tests.factories:consent",
)
register(
    DataRequest,
    purpose=_("Answering people who ask for their data without an account (Art. 12, 15 GDPR)"),
    default=DataClass.INTERNAL,
    fields={"mail": DataClass.PERSONAL},
    mail="mail",
    withheld={"token_hash": _("a secret")},
    retention=Retention.DATA_REQUEST,
    starts="asked_at",
    # The answer is due within a month; afterwards only that there was a request stays.
    lessenings=(
        Lessening(
            "mail address",
            after=timedelta(days=31),
            rows=lambda before: DataRequest.objects.filter(asked_at__lt=before).exclude(mail=""),
            values=lambda: {"mail": ""},
        ),
    ),
    erase=lambda request: request.empty(),
    factory="quartierwerk.protection.tests.factories:data_request",
    export=TenantExport.NOT,
)
