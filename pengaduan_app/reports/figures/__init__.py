"""The figures of the reports, one function a question; the database does the counting.

Only totals come back: no ticket, no text, no person. Every function takes a Scope, which
says which period and whose rows, and needs a fixed number of queries.

steps        the steps that were finished in a period, which most figures start from
punctuality  steps finished, in time, and overdue now
percentiles  the median and the 90th percentile of a group of rows
step_times   these two for the time that steps took
volume       complaints received, by what they are about and over time
misrouting   complaints sent to the wrong agency
flow         what came in, how complaints ended, what was open at the end
reminders    how soon a step was finished after its reminder
"""

from .flow import NOTHING, Flow, flow_by_agency, total_flow
from .misrouting import bounces, misrouting_reports, transfers, waiting_for_routing
from .percentiles import Times
from .punctuality import Punctuality, coordinators_steps, punctuality
from .reminders import LATER, SOON, Response, responses
from .step_times import times_by_agency, times_by_step
from .steps import COUNTED_STEPS
from .volume import VOLUME_FIELDS, Key, received_over_time, volume

__all__ = [
    "COUNTED_STEPS",
    "LATER",
    "NOTHING",
    "SOON",
    "VOLUME_FIELDS",
    "Flow",
    "Key",
    "Punctuality",
    "Response",
    "Times",
    "bounces",
    "coordinators_steps",
    "flow_by_agency",
    "misrouting_reports",
    "punctuality",
    "received_over_time",
    "responses",
    "times_by_agency",
    "times_by_step",
    "total_flow",
    "transfers",
    "volume",
    "waiting_for_routing",
]
