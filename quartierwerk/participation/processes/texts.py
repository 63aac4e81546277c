"""What translators find of processes: every text that visitors read."""

from django.utils.translation import gettext_lazy as _

from quartierwerk.languages import register as languages

from ..models import Process, Proposal


def register() -> None:
    languages.add(
        languages.Kind(
            "processes", _("Processes"), Process, "participation_staff:process", order="title",
            opens="processes.read", last=True,
        )
    )  # fmt: skip
    # Once checked a proposal stays in the words of whoever made it: only its translations are worked on.
    languages.add(
        languages.Kind(
            "proposals", _("Proposals"), Proposal, "participation_staff:proposal", order="title",
            opens="processes.check", last=True, edited=False,
        )
    )  # fmt: skip
