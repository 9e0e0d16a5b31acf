"""Dates and times as plain English writes them: 5:30pm, 6pm, 8 June 2027.

"am" and "pm" without dots come from engage/locale/en_GB.
"""

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "fa"
DATETIME_FORMAT = "j F Y, fa"
