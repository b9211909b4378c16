"""The citizen's addresses.

submission  `/lapor/` and the receipt
advice      `/lapor/saran/`
tracking    `/lacak/` and the tracking page
follow_up   the forms on the tracking page
lost_token  these forms, filled in again, when Django refuses them for want of a token
"""
