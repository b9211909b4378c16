"""The citizen's addresses.

submission  `/lapor/` and the receipt
advice      `/lapor/saran/`
tracking    `/lacak/` and the tracking page
follow_up   the forms on the tracking page
"""
