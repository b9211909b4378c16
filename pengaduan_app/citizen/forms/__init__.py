"""What the citizen fills in. Works without JavaScript.

fields      the fields that the forms share
attaching   forms with files, which come back with the good ones
submission  `/lapor/`
tracking    `/lacak/`: number and code
follow_up   what the reporter may add on the tracking page
"""
