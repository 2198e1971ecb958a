"""`UNSET`: a value that is absent, told apart from None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

__all__ = ["UNSET", "Unset"]

if TYPE_CHECKING:
    from typing import Literal

    class Unset:
        """The type of `UNSET`. It is falsy, so ``member.nick or member.user.username`` narrows."""

        def __bool__(self) -> Literal[False]: ...

    UNSET: Final[Unset] = Unset()
    """Absent: Discord did not send the field, or leave it alone when sending."""
else:
    # msgspec knows its own marker in a union, at no cost; it is falsy and a singleton.
    from msgspec import UNSET
    from msgspec import UnsetType as Unset
