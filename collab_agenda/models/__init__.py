# ruff: isort: off
from . import collab_event_type, calendar_event

# ruff: isort: on
from . import (
    calendar_event_answer_link,
    calendar_event_answers,
    calendar_event_cancelled,
    calendar_event_closed,
    calendar_event_days,
    calendar_event_declaration,
    calendar_event_ics,
    calendar_event_letters,
    calendar_event_lists,
    calendar_event_participants,
    calendar_event_poll,
    calendar_event_rows,
    calendar_event_series,
    calendar_recurrence,
    collab_action,
    collab_agenda_address,
    collab_date_slot,
    collab_date_vote,
    collab_event_attachment,
    collab_event_comment,
    collab_participation,
    res_config_settings,
    res_users,
)
