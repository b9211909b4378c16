"""What is done for several complaints at once.

bulk_actions  what the list offers for several complaints at a time
bulk_view     asks once, does it for each by itself, and reports
bulk_forms    what these ask
owed          C1 for all that agencies owe, several at once
owed_facts    what that screen says of each agency
"""
