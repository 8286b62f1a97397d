from . import agenda, answers, cancelling, event, event_form, polls, subscription
