"""What belongs to a member of staff: leave, assignments, notices, views.

absences        who is on leave, and who stands in
assignments     whose the open step is
notices         what is new for a member of staff, and how their mail comes
saved_views     how a person or a role wants to see the list of complaints
staff_contacts  how colleagues reach a member of staff by telephone
unsent_forms    what staff had written when their session was over
"""
