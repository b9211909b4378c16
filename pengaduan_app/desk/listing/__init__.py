"""The list of complaints: finding, filtering, the queue and saved views.

filters           what the list can be narrowed by
list_query        what of the list's query string is known, and what it opens on
list_columns      the list's columns, and which of them are chosen
saved_views       the views above the list, a role's and a person's own
queue             which open steps wait for whom, and in which order
queue_walk        where one stands in the queue, and what opens after an action
complaint_search  finds complaints, for the list and the admin's big search
"""
