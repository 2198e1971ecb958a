"""Cron strings, which the package cronsim reads (extra: cron)."""

from __future__ import annotations

from datetime import datetime, tzinfo

from ..errors import InvalidArgument, MissingExtra
from .schedules import WallSchedule
from .zones import zone

__all__ = ["Cron"]


class Cron(WallSchedule):
    """When a cron string says, as Debian's cron does it.

    Args:
        expression: Minute, hour, day of the month, month, weekday: ``"*/5 * * * 1-5"``. A sixth
            field in front is the seconds.
        tz: The time zone, a name or a tzinfo; by default UTC.

    Raises:
        InvalidArgument: The string cannot be read, or its time never comes.
        MissingExtra: cronsim is not installed.
    """

    def __init__(self, expression: str, tz: str | tzinfo | None = None) -> None:
        try:
            from cronsim import CronSim, CronSimError
        except ImportError as error:
            raise MissingExtra("A cron string", "cron") from error
        self.expression = expression
        self.tz = zone(tz)
        self._sim = CronSim
        try:
            CronSim(expression, datetime.now(self.tz))
        except (CronSimError, AttributeError) as error:
            raise InvalidArgument(
                f"{expression!r} is no cron string ({error}): it is 'minute hour day month "
                "weekday', for example '*/5 * * * 1-5'"
            ) from None
        if self.next(datetime.now(self.tz).timestamp()) is None:
            raise InvalidArgument(f"the cron string {expression!r} fits no time in 50 years")

    def next(self, moment: float) -> float | None:
        """Return the first time after a moment."""
        # From inside an hour that comes twice it starts with what the hour's first turn had.
        for found in self._sim(self.expression, datetime.fromtimestamp(moment, self.tz)):
            if found.timestamp() > moment:
                return float(found.timestamp())
        return None

    def __repr__(self) -> str:
        return f"cron {self.expression!r} {self.tz}"
