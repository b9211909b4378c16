"""The vault of who sent a complaint, and who opened it.

reporter        the vault: who sent it
arrival         how the office received what staff entered
vault_openings  who opened the vault, when and why
use_counts      the throttle's counters
"""
