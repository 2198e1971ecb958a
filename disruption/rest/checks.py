"""What can be known to be wrong before anything is sent.

Discord answers a bad argument with a 400 that costs a round trip and a place in the
rate limit; these checks name the field and the rule instead.
"""

from __future__ import annotations

import time
from typing import Final

from disruption.errors import InvalidArgument
from disruption.types.core.unset import UNSET
from disruption.types.rules.limits import at_most, between

__all__ = ["at_most", "between", "exclusive", "needs", "younger_than"]

_DISCORD_EPOCH: Final = 1_420_070_400.0  # seconds


def exclusive(**values: object) -> None:
    """Refuse more than one argument where Discord takes one of them.

    Raises:
        InvalidArgument: With the names.
    """
    given = [name for name, value in values.items() if value is not None]
    if len(given) > 1:
        raise InvalidArgument(f"give only one of {', '.join(given)}")


def needs(what: str, given: bool, **values: object) -> None:
    """Refuse `what`, where it is given, without what belongs to it.

    Raises:
        InvalidArgument: With the names.
    """
    missing = [name for name, value in values.items() if value is None or value is UNSET]
    if given and missing:
        raise InvalidArgument(f"{what} needs {' and '.join(missing)}")


def younger_than(name: str, number: int, seconds: float, why: str) -> None:
    """Refuse the id of a thing that is too old.

    Raises:
        InvalidArgument: With the reason.
    """
    made = (number >> 22) / 1000 + _DISCORD_EPOCH
    if time.time() - made > seconds:
        raise InvalidArgument(f"{name} {number} is too old: {why}")
