"""One complaint: its page, what staff do there, and its papers.

complaint_views    one complaint: page and actions
complaint_papers   its sheet, its attachments, who sent it
complaint_page     its buttons and the limits beside them
complaint_facts    what is known of it
complaint_ends     what staff are told of an end: until when it can be undone
desk_actions       the desk's actions, a row each
action_forms       what each action asks
disposition_sheet  the printed sheet (SOP A2)
proposals          which agencies are proposed for a complaint (SOP C2), and why
similar            which complaints may be about the same thing
joining            the screen on which they are joined
assigned           whose the open step is, and the ways to change it
assigning_forms    what is asked for that
"""
