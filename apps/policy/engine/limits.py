"""How large a rule may be, so that reading and answering one stays cheap."""

import datetime as dt

CHARACTERS = 20_000
SIGNS = 1_500
NODES = 200
DEPTH = 12
LIST = 500
BRACKETS = 40
INT_LEAST, INT_MOST = -(2**63), 2**63 - 1
# Google's CEL counts a duration in 64-bit nanoseconds: two moments stand at most 292 years apart.
FIRST_MOMENT = dt.datetime(1900, 1, 1, tzinfo=dt.UTC)
LAST_MOMENT = dt.datetime(2190, 1, 1, tzinfo=dt.UTC)
LONGEST = dt.timedelta(days=365 * 280)
