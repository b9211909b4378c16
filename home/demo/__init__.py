"""The demo: plainly invented people and complaints in every state of the procedure.

story       tells it in order, and keeps its news to itself
complaints  what is complained of, and how far each has come
people      the log-ins
photos      drawn pictures for attachments
times       when each step was taken
"""
