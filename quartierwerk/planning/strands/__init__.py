"""Several strategies beside each other: integration, and for example ageing (R2.17). Each is a concept with fields, groups,
editions and principle of its own; needs, measures, goals and resources may stand in fields of several.

Which one the pages of the plan show is the reader's choice (`matrix.staff.concept_of`); the switch is `{% strands %}`.
"""
