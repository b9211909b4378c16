"""What staff must be able to report (SOP, "Who acts"): figures from the ledger, for a period.

period    from when to when, in the city's days
scope     a period, and whose rows the user may see
figures   the counting, in the database
tables    what a report consists of: tables, each with its chart
punctual  and its neighbours: one report a file, figures in, tables out
contents  the reports there are
views     Wagtail's report views, spreadsheets, and the A4 version
"""
