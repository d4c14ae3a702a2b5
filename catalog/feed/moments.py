"""Moments and spans of time as people write them in a feed: ISO 8601, in the shop's time zone where none is named."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, tzinfo

MOMENT_MEND = "write it like 2026-03-02T10:30+01:00, or 2026-03-02"
SPAN_MEND = "write it like 2026-03-02T10:30+0100/2026-03-09T23:59+0100"
_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}")


def moment(text: str, zone: tzinfo, *, end: bool = False) -> datetime:
    """The moment, in UTC; without a zone, by the clocks of `zone`. Raises ValueError.

    A day without a time is its beginning, or, as the `end` of something, the beginning of the next: a price
    that is valid until the 9th is valid on the 9th.
    """
    try:
        if _DAY.fullmatch(text):
            day = datetime.fromisoformat(text).date() + timedelta(days=1 if end else 0)
            return datetime.combine(day, time(), zone).astimezone(UTC)
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no moment") from None


def span(text: str, zone: tzinfo) -> tuple[datetime, datetime]:
    """Beginning and end of "begin/end". Raises ValueError, also where it ends before it begins."""
    begin, slash, end = (part.strip() for part in text.partition("/"))
    if not slash:
        raise ValueError(f"{text!r} is no span of time")
    found = moment(begin, zone), moment(end, zone, end=True)
    if found[1] <= found[0]:
        raise ValueError(f"{text!r} ends before it begins")
    return found
