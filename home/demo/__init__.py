"""The demo: plainly invented people and complaints in every state of the procedure.

story       carries it out in order, without sending messages
complaints  each complaint, carried to its state
people      the log-ins
offices     an invented letterhead and inspectorate
photos      generated pictures for attachments
times       the moment of each step
"""
