"""How far off a moment is, as one says it."""

from __future__ import annotations

from datetime import datetime

from screener.language import tr

_HOUR_MIN = 60


def far_off(at: datetime, now: datetime) -> str:
    """ "18 min ago", "in 1 h 05 min", "now": to the minute, both of local time."""
    away = at.replace(tzinfo=None, second=0, microsecond=0) - now.replace(tzinfo=None, second=0, microsecond=0)
    minutes = round(away.total_seconds() / _HOUR_MIN)
    if minutes == 0:
        return tr("now")
    said = tr("in {time}") if minutes > 0 else tr("{time} ago")
    return said.format(time=_long(abs(minutes)))


def _long(minutes: int) -> str:
    hours, rest = divmod(minutes, _HOUR_MIN)
    return f"{hours} h {rest:02} min" if hours else f"{rest} min"
