from django.urls import path

from . import staff
from .agenda import staff as agenda
from .inviting import staff as inviting
from .meetings import staff as planning
from .minutes import staff as minutes
from .tasks import staff as tasks

staff_pages = [
    path("meetings/", staff.meetings, name="meetings"),
    path("meetings/new/", planning.add_meeting, name="add_meeting"),
    path("meetings/items/<uuid:pk>/", agenda.edit_item, name="edit_agenda_item"),
    path("meetings/<uuid:pk>/", staff.meeting, name="meeting"),
    path("meetings/<uuid:pk>/edit/", planning.edit_meeting, name="edit_meeting"),
    path("meetings/<uuid:pk>/cancel/", planning.cancel_meeting, name="cancel_meeting"),
    path("meetings/<uuid:pk>/agenda/", agenda.agenda, name="agenda"),
    path("meetings/<uuid:pk>/invite/", inviting.invite, name="invite_to_meeting"),
    path("meetings/<uuid:pk>/invitation.pdf", inviting.invitation, name="invitation"),
    path("meetings/<uuid:pk>/meeting.ics", inviting.diary, name="meeting_for_diary"),
    path("meetings/<uuid:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<uuid:pk>/close/", minutes.close_minutes, name="close_minutes"),
    path("meetings/<uuid:pk>/addition/", minutes.add_to_minutes, name="add_to_minutes"),
    path("meetings/<uuid:pk>/redact/", minutes.redact, name="redact_minutes"),
    path("meetings/<uuid:pk>/minutes.pdf", minutes.minutes_pdf, name="minutes_pdf"),
    path("meetings/<uuid:pk>/minutes.docx", minutes.minutes_docx, name="minutes_docx"),
    path("decisions/", tasks.decisions, name="decisions"),
    path("decisions/<uuid:pk>/", tasks.decision, name="decision"),
    path("decisions/<uuid:pk>/done/", tasks.finish_decision, name="finish_decision"),
    path("decisions/<uuid:pk>/withdraw/", tasks.withdraw_decision, name="withdraw_decision"),
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/new/", tasks.add_task, name="add_task"),
    path("tasks/<uuid:pk>/", tasks.task, name="task"),
    path("tasks/<uuid:pk>/done/", tasks.finish_task, name="finish_task"),
    path("tasks/<uuid:pk>/withdraw/", tasks.withdraw_task, name="withdraw_task"),
]
