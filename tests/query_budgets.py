"""Committed budgets: the most queries a page may ask, however many rows it shows.

A page that needs more says why beside its number. Counted with everything a request asks: session, person, scope, navigation.
"""

BUDGETS: dict[str, int] = {
    "accessibility": 6,
    "barriers": 9,
    "calendar:month": 12,  # dates with texts, courses with texts and times, quarters, closing days
    "calendar:month_pdf": 12,
    "calendar:town_ics": 12,
    "calendar_staff:add_date": 8,  # quarters and organisations to choose from
    "calendar_staff:closing_days": 10,
    "calendar_staff:dates": 8,
    "participation:give": 9,
    "participation:ask": 9,
    "participation:sheet": 8,
    "participation:slip": 6,  # without a voice given in this browser: to the page for the code
    "participation:mine": 6,
    **dict.fromkeys(
        [f"participation:{name}" for name in ("not_solved", "withdraw", "no_notices", "leave")], 0
    ),
    "participation:follow": 7,
    "participation:heard": 13,  # voices and answers with their texts, and how many of each kind
    "participation_staff:voices": 11,
    "participation_staff:questions": 9,
    "participation_staff:add_voice": 9,
    "participation_staff:terms": 9,
    "planning_staff:meetings": 23,  # eight sources of the agenda
    "planning_staff:context_changes": 10,
    "planning_staff:add_context_change": 9,
    "planning_staff:upward": 28,  # what the papers ask, too: records, links, money, lights, goals
    "planning_staff:upward_file": 27,
    "planning_staff:self_checks": 11,
    "planning_staff:concepts": 20,  # two for each part that a concept holds
    "planning_staff:add_concept": 8,
    "planning_staff:kick_offs": 8,
    "planning_staff:add_kick_off": 9,
    "planning_staff:plan_links": 8,
    "planning_staff:add_plan_link": 10,
    "planning_staff:joint_work": 13,
    "planning_staff:joint_measures": 13,
    "planning_staff:responsibilities": 13,
    "planning_staff:ranking": 12,
    "planning_staff:recent": 13,
    "planning_staff:field_mapping": 12,
    "planning_staff:groups": 12,  # the last one for the switch between strategies, as on the other pages of a concept
    "planning_staff:add_group": 9,
    "planning_staff:questions": 10,
    "planning_staff:add_question": 9,
    "planning_staff:hand_overs": 10,  # roles, places in teams, teams that ended
    "planning_staff:principles": 12,
    "planning_staff:papers": 9,
    "planning_staff:switch_mail": 0,
    "planning_staff:week": 20,  # teams, groups, measures, steps, tasks, meetings, history, needs
    "planning_staff:readiness": 21,  # one for each kind of record that can be evidence
    "planning_staff:campaigns": 11,
    "planning_staff:add_meeting": 9,
    "planning_staff:add_task": 9,
    "planning_staff:decisions": 10,
    "planning_staff:tasks": 10,
    "planning_staff:editions": 11,  # concepts for which one may begin an edition
    "directory:actors": 8,
    "directory:contact_finder": 12,
    "directory:find_registration": 6,
    "directory:missing": 9,
    "directory:offers": 12,
    "directory_staff:add_offer": 8,
    "directory_staff:add_organisation": 8,
    "directory_staff:ask_everybody": 0,
    "directory_staff:confirmations": 9,  # counts the steps
    "directory_staff:add_wish": 8,
    "directory_staff:export": 9,  # counts three kinds of records
    "directory_staff:imports": 8,
    "directory_staff:bulk_edit": 8,
    "directory_staff:mailing": 10,  # the quarters of the filter, and what was sent before
    "directory_staff:offers": 9,  # the quarters of the filter
    "directory_staff:organisations": 8,
    "directory_staff:send_mailing": 0,
    "gallery": 6,
    "home": 11,  # the stamp of what lists show, for the counts beside topics
    "imprint": 8,
    "notice-imprint": 8,
    "notice-privacy": 8,
    "privacy": 8,
    "settings": 8,
    "invite": 9,  # quarters, organisations and teams to choose from
    "members": 14,  # quarters, organisations and teams to choose from
    "deletion-protocol": 9,  # two more once there are runs
    "holds": 7,
    "processing-record": 7,
    "processing-record-file": 8,
    "retention-periods": 8,
    "staff-today": 87,  # counts what waits, one a sort of work; the matrix in short, what changed
    "staff-work": 48,  # one a pile of work, what doubles are compared by, and the list of one
    "directory_staff:changes": 9,
    "translating:readability": 0,
    "translating:texts": 12,  # states counted in SQL, two queries a kind, and the list
    "participation:processes": 11,  # processes, their texts and phases, quarters
    "participation_staff:processes": 11,
    "participation_staff:add_process": 10,
    "pictures_staff:add_picture": 7,
    "pictures_staff:pictures": 9,
    "search_staff:add": 7,
    "search_staff:rings": 8,
    "planning:plan": 20,  # measures with what their state rests on, fields, editions, what changed
    "planning_staff:add_goal": 9,
    "planning_staff:add_measure": 14,  # quarters, teams, people, fields, organisations
    "planning_staff:add_need": 10,
    "planning_staff:add_obstacle": 9,
    "planning_staff:add_post": 11,
    "planning_staff:add_team": 9,
    "planning_staff:goals": 14,  # fields, values, and two for the links
    "planning_staff:measures": 20,  # choices of the filters, parts of each measure, reports
    "planning_staff:needs": 14,
    "planning_staff:obstacles": 10,
    "planning_staff:posts": 10,
    "planning_staff:teams": 10,
    "places:quarters": 9,  # four of them who is signed in
    "planning_staff:add_resource": 11,
    "planning_staff:entries": 23,  # four sorts of entries, where they stand, what links them
    "planning_staff:export": 31,  # every table of the concept once
    "planning_staff:fields": 12,
    "planning_staff:import": 7,
    "planning_staff:matrix": 24,  # as the lists behind it, and the filters
    "places_staff:add_space": 8,
    "places_staff:spaces": 8,
}
