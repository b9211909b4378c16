"""A complaint's way: ledger, reminders, talk, messages, figures.

steps          the ledger
reminders      the reminders that were given, and the settings for them
contributions  what the agencies that a head called have answered
undoable_ends  ends of complaints that nobody has been told of yet
thread         the conversation between reporter and agency
outbox         messages that wait to be sent
heartbeat      the cluster's sign of life
statistics     the public figures as last counted
"""
