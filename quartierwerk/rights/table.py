"""Who may do what: action → role → condition. Not given means refused (data protection §2)."""

from .conditions import (
    Rule,
    anywhere,
    given_to_oneself,
    group_at,
    of_oneself,
    of_own_organisation,
    of_own_space,
    of_own_tasks,
    of_own_team,
    organisation_at,
    space_at,
    team_at,
)
from .roles import STAFF, Role

R = Role


def _all(roles, condition: Rule) -> dict[Role, Rule]:
    return dict.fromkeys(roles, condition)


ALLOWED: dict[str, dict[Role, Rule]] = {
    # the back office itself
    "staff.enter": _all(set(Role) - {R.RESIDENT, R.VOLUNTEER, R.INTERPRETER}, anywhere),
    # people: accounts and duties
    "people.read": {R.ADMINISTRATOR: anywhere},
    "people.invite": {R.ADMINISTRATOR: anywhere},
    "people.change": {R.ADMINISTRATOR: anywhere},
    # what somebody leads and owns goes to somebody else, before she leaves or her team ends
    "people.hand_over": {R.ADMINISTRATOR: anywhere, R.COORDINATOR: anywhere},
    # who looks after an organisation's own entries is asked by those who keep the directory
    "people.invite_editor": {
        R.ADMINISTRATOR: anywhere,
        R.COORDINATOR: anywhere,
        R.COMMUNITY_WORKER: of_own_space,
    },
    # the municipality's own settings
    "tenants.change": {R.ADMINISTRATOR: anywhere},
    # what happened: ids only, so the data-protection officer reads all, the administrator account events
    "journal.read": {R.PROTECTION_OFFICER: anywhere},
    "journal.read_accounts": {R.ADMINISTRATOR: anywhere, R.PROTECTION_OFFICER: anywhere},
    # retention, holds, requests of the people concerned
    "privacy.oversee": {R.PROTECTION_OFFICER: anywhere},
    "privacy.hold": {R.PROTECTION_OFFICER: anywhere},
    # a longer period than the default takes two of them
    "privacy.set_periods": {R.ADMINISTRATOR: anywhere, R.PROTECTION_OFFICER: anywhere},
    # quarters and addresses
    "places.read": _all(STAFF | {R.ADMINISTRATOR}, anywhere),
    "places.write": {R.COORDINATOR: anywhere, R.PLANNER: anywhere, R.ADMINISTRATOR: anywhere},
    # the directory
    # a community worker's are those of her quarter (W1.1); what is public anyway she reads on the portal
    "directory.read": _all(STAFF, anywhere)
    | {R.ORGANISATION_EDITOR: of_own_organisation, R.COMMUNITY_WORKER: of_own_space},
    "directory.write": {
        R.COORDINATOR: anywhere,
        R.COMMUNITY_WORKER: of_own_space,
        R.ORGANISATION_EDITOR: of_own_organisation,
    },
    "directory.publish": {
        R.COORDINATOR: anywhere,
        R.COMMUNITY_WORKER: of_own_space,
        R.ORGANISATION_EDITOR: of_own_organisation,
    },
    # who asked for a place; the offer's own right, since a registration has no other
    "directory.registrations": {
        R.COORDINATOR: anywhere,
        R.COMMUNITY_WORKER: of_own_space,
        R.ORGANISATION_EDITOR: of_own_organisation,
    },
    # whether an organisation's entries are still true, by mail or phone
    "directory.ask_confirmation": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # what organisations' editors wrote, where the municipality looks at it before it shows
    "directory.check_changes": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # what stood there before, names since removed included; bringing it back asks for the right to write too
    "directory.restore": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # two entries that mean the same become one
    "directory.merge": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # many offers at once; each one asks for its own right, too
    "directory.bulk_edit": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # one mail to many organisations, each on its own
    "directory.mail": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    "directory.import": {R.COORDINATOR: anywhere},
    "directory.export": {R.COORDINATOR: anywhere, R.PLANNER: anywhere},
    # organisations: an editor's own one is the row itself
    "organisations.read": _all(STAFF, anywhere)
    | {R.ORGANISATION_EDITOR: organisation_at("id"), R.COMMUNITY_WORKER: of_own_space},
    "organisations.add": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    "organisations.write": {
        R.COORDINATOR: anywhere,
        R.COMMUNITY_WORKER: of_own_space,
        R.ORGANISATION_EDITOR: organisation_at("id"),
    },
    "organisations.restore": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # pictures: an editor's are those of her organisation
    "pictures.read": _all(STAFF | {R.PRESS_OFFICER}, anywhere) | {R.ORGANISATION_EDITOR: of_own_organisation},
    "pictures.write": _all({R.COORDINATOR, R.CONTENT_EDITOR, R.COMMUNITY_WORKER, R.PRESS_OFFICER}, anywhere)
    | {R.ORGANISATION_EDITOR: of_own_organisation},
    # public dates: an editor's are those of her organisation
    "calendar.read": _all(STAFF | {R.PRESS_OFFICER}, anywhere) | {R.ORGANISATION_EDITOR: of_own_organisation},
    "calendar.write": {
        R.COORDINATOR: anywhere,
        R.COMMUNITY_WORKER: of_own_space,
        R.ORGANISATION_EDITOR: of_own_organisation,
    },
    # days on which the municipality's houses are closed; who plans a date reads them
    "closing_days.read": _all(STAFF | {R.PRESS_OFFICER, R.ORGANISATION_EDITOR}, anywhere),
    "closing_days.write": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # that somebody of the audience read a text and understood it; not for who wrote it as a translator
    "texts.approve": {R.COORDINATOR: anywhere, R.CONTENT_EDITOR: anywhere},
    # what visitors left: wishes for what is missing
    "wishes.read": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # words of the search that this municipality uses
    "synonyms.write": {R.COORDINATOR: anywhere, R.CONTENT_EDITOR: anywhere},
    # the words of a record as first written, and nothing else of it ("W texts" of data protection §2)
    "texts.write": {R.CONTENT_EDITOR: anywhere},
    # texts in other languages
    "texts.translate": {R.COORDINATOR: anywhere, R.CONTENT_EDITOR: anywhere, R.TRANSLATOR: anywhere},
    # complaints about the accessibility of the pages
    "barriers.answer": {R.COORDINATOR: anywhere, R.ADMINISTRATOR: anywhere},
    # mails that went out: state and reason, never the text
    "messages.read": {R.ADMINISTRATOR: anywhere},
    # the one link model: who may tie two records she can see
    "chain.link": {R.COORDINATOR: anywhere, R.PLANNER: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # the plan: concept, fields of action, resources, needs, goals, teams; what is public anybody reads on the portal
    "planning.read": _all(STAFF - {R.DEPARTMENT, R.COMMUNITY_WORKER}, anywhere),
    # a department's measures are those that its team leads, a community worker's those of her quarter
    "planning.read_measures": _all(STAFF, anywhere)
    | {R.DEPARTMENT: of_own_team, R.COMMUNITY_WORKER: of_own_space},
    "planning.read_needs": _all(STAFF - {R.DEPARTMENT}, anywhere) | {R.COMMUNITY_WORKER: of_own_space},
    "planning.write": {R.COORDINATOR: anywhere, R.PLANNER: anywhere},
    # the monthly word on a measure's state
    "planning.report": {R.COORDINATOR: anywhere, R.PLANNER: anywhere, R.DEPARTMENT: of_own_team},
    # once a year a team says how open it is; others read it with the plan, small numbers hidden
    "planning.self_check": {R.COORDINATOR: anywhere, R.PLANNER: anywhere, R.DEPARTMENT: team_at("id")},
    "planning.import": {R.COORDINATOR: anywhere, R.PLANNER: anywhere},
    "planning.export": {R.COORDINATOR: anywhere, R.PLANNER: anywhere},
    # meetings from the agenda to the minutes; who sits in a group reads its own, whatever her role
    "planning.read_meetings": _all(STAFF, anywhere)
    | _all({R.DEPARTMENT, R.COMMUNITY_WORKER}, group_at("group_id")),
    "planning.read_decisions": _all(STAFF, anywhere)
    | _all({R.DEPARTMENT, R.COMMUNITY_WORKER}, group_at("meeting__group_id")),
    # members take the minutes of their own groups, say what became of their decisions, withdraw tasks
    "planning.minute": {R.COORDINATOR: anywhere, R.STEERING_MEMBER: group_at("group_id")},
    "planning.decide": {R.COORDINATOR: anywhere, R.STEERING_MEMBER: group_at("meeting__group_id")},
    "planning.withdraw_task": {
        R.COORDINATOR: anywhere,
        R.STEERING_MEMBER: group_at("decision__meeting__group_id"),
    },
    # whose names the attendance holds: who invites and writes it down, and who sits there too
    "planning.read_attendance": _all({R.COORDINATOR, R.PLANNER}, anywhere)
    | _all({R.STEERING_MEMBER, R.DEPARTMENT, R.COMMUNITY_WORKER}, group_at("group_id")),
    # what follows from a decision: whoever has it says that it is done; a department sees what its team has
    "planning.read_tasks": _all(STAFF, anywhere)
    | {R.DEPARTMENT: of_own_tasks, R.COMMUNITY_WORKER: given_to_oneself},
    "planning.finish_task": _all(STAFF, given_to_oneself)
    | {R.COORDINATOR: anywhere, R.PLANNER: anywhere, R.DEPARTMENT: of_own_tasks},
    "planning.adopt": {R.COORDINATOR: anywhere},
    # taking stock: organisations of the whole municipality are asked
    "planning.campaign": {R.COORDINATOR: anywhere},
    # a draft is meant for all who work on it: they read it whole and say what they think
    "planning.read_editions": _all(STAFF, anywhere),
    "planning.comment": _all(STAFF, anywhere),
    # voices: who reads them sees the words as checked; the original and a way to the person take the right to write
    "voices.read": _all({R.COORDINATOR, R.PLANNER, R.STEERING_MEMBER}, anywhere)
    | {R.COMMUNITY_WORKER: of_own_space, R.DEPARTMENT: of_own_tasks},
    "voices.read_answers": _all({R.COORDINATOR, R.PLANNER, R.STEERING_MEMBER}, anywhere)
    | {R.COMMUNITY_WORKER: space_at("voice__space_id"), R.DEPARTMENT: team_at("voice__owner_team_id")},
    "voices.write": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    "voices.set_terms": {R.COORDINATOR: anywhere, R.ADMINISTRATOR: anywhere},
    # participation processes: what is public anybody reads on the portal; unchecked words may name people
    "processes.read": _all(STAFF, anywhere) | {R.COMMUNITY_WORKER: of_own_space},
    "processes.write": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    "processes.check": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # the roll with its names, slips, ballots from paper, counting
    "processes.vote": {R.COORDINATOR: anywhere, R.COMMUNITY_WORKER: of_own_space},
    # oneself
    "self.read": _all(set(Role), of_oneself),
}

# Through these nobody reads personal data of others (C2). Every other action counts as one that opens such data: names of
# contact persons, colleagues, people who complained, columns of lists that nobody has looked at, ids of accounts.
WITHOUT_PERSONAL_DATA = frozenset(
    {"staff.enter", "self.read", "tenants.change", "places.read", "places.write", "chain.link"}
)

# Whoever reads personal data of others signs in with a second factor (data protection §2). The operator, who reads
# none of it here, holds the keys of the installation.
NEED_SECOND_FACTOR = frozenset(
    {role for action, roles in ALLOWED.items() if action not in WITHOUT_PERSONAL_DATA for role in roles}
    | {R.OPERATOR}
)
