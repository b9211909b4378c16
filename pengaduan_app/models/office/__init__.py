"""What the office maintains: agencies, categories, limits, calendar, letterhead.

agency          the agencies (SKPD)
reference_data  categories, villages, reply templates, time limits
calendar        office hours, periods, days off
calendar_forms  their forms in the admin
letterhead      letterhead and signature of reports, and what the disposition sheet may show
inspectorate    where a reporter turns whose complaint has a supervisory element
known_names     the names of places and agencies, which a reporter may have too
name_marks      what may be the reporter's name on a page, and what an editor has judged
checklist       what is confirmed before an answer is published
placeholders    the placeholders of reply templates
"""
