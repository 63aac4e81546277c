import sys
from argparse import Namespace


def add_commands(commands) -> None:
    mail = commands.add_parser("mail", help="try the mail server", description="Try the mail server.")
    actions = mail.add_subparsers(dest="action", metavar="ACTION", required=True)
    test = actions.add_parser("test", help="send one test mail now, without the worker")
    test.add_argument("address")
    test.add_argument("--lang", default="de", help="language of the mail (de)")
    test.set_defaults(run=_test, needs_django=True)


def _test(options: Namespace) -> int:
    from uuid import uuid4

    from django.conf import settings

    from quartierwerk.cli import Refused

    from . import rules, smtp
    from .kinds import kind_of
    from .models import InstallationMail
    from .writing import write

    if not settings.MAIL_HOST:
        raise Refused("No mail server is set. Set MAIL_HOST and MAIL_FROM (docs/operating.md).")
    written = write(kind_of("test"), options.lang, {}, None)
    mail = InstallationMail(
        pk=uuid4(),
        recipient=options.address,
        language=options.lang,
        subject=written.subject,
        text=written.text,
    )
    mail.prepare()
    try:
        smtp.send(mail)
    except smtp.FAILURES as error:
        # Whoever calls this asked for the server's own words.
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        raise Refused(f"The mail was not taken: {rules.problem_of(error).code}.") from None
    print(f"{settings.MAIL_HOST} has taken the mail {mail.message_id}.")
    return 0
