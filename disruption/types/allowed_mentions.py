"""Allowed mentions.

The types of https://discord.com/developers/docs/resources/message#allowed-mentions-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import InvalidArgument
from .core.base import Model, model
from .core.enums import OpenStrEnum
from .core.snowflake import Snowflake

if TYPE_CHECKING:
    from collections.abc import Iterable

    from typing_extensions import Self

    from .snowflakes import HasId

__all__ = ["AllowedMentionType", "AllowedMentions"]


class AllowedMentionType(OpenStrEnum):
    """See https://discord.com/developers/docs/resources/message#allowed-mentions-object"""

    ROLE_MENTIONS = "roles"
    USER_MENTIONS = "users"
    EVERYONE_MENTIONS = "everyone"


@model
class AllowedMentions(Model):
    """Default Settings for Allowed Mentions.

    See https://discord.com/developers/docs/resources/message#allowed-mentions-object
    """

    parse: list[AllowedMentionType] | None = None
    roles: list[Snowflake] | None = None
    users: list[Snowflake] | None = None
    replied_user: bool | None = None

    @classmethod
    def none(cls, *, replied_user: bool = False) -> Self:
        """Return mentions that ping nobody.

        Args:
            replied_user: Ping the author of the message that is replied to all the same.
        """
        return cls(parse=[], replied_user=replied_user)

    @classmethod
    def all(cls, *, replied_user: bool = True) -> Self:
        """Return mentions that ping everybody whom the text names, @everyone too.

        Args:
            replied_user: Ping the author of the message that is replied to.
        """
        return cls(parse=list(AllowedMentionType), replied_user=replied_user)

    @classmethod
    def only(
        cls,
        *,
        users: Iterable[int | str | HasId] | bool = False,
        roles: Iterable[int | str | HasId] | bool = False,
        everyone: bool = False,
        replied_user: bool = False,
    ) -> Self:
        """Return mentions that ping the ones given here, where the text names them.

        ```python
        AllowedMentions.only(users=[message.author], roles=True)
        ```

        Args:
            users: Which users, at most 100, or True for all that the text names.
            roles: Which roles, at most 100, or True for all that the text names.
            everyone: @everyone and @here.
            replied_user: The author of the message that is replied to.

        Raises:
            InvalidArgument: Something is no id, or there are too many.
        """
        all_of = {
            AllowedMentionType.ROLE_MENTIONS: roles is True,
            AllowedMentionType.USER_MENTIONS: users is True,
            AllowedMentionType.EVERYONE_MENTIONS: everyone,
        }
        made = cls(
            parse=[kind for kind, wanted in all_of.items() if wanted],
            roles=_ids("roles", roles),
            users=_ids("users", users),
            replied_user=replied_user,
        )
        made.validate()
        return made

    def validate(self, path: str = "allowed_mentions") -> None:
        """Refuse what contradicts itself; sending does so too.

        Args:
            path: What the error calls them.

        Raises:
            InvalidArgument: With the path of the field and what is wrong.

        See https://discord.com/developers/docs/resources/message#allowed-mentions-object
        """
        from .core.codec import to_plain
        from .rules.mentions import check_mentions

        check_mentions(to_plain(self), path)


def _ids(name: str, given: Iterable[int | str | HasId] | bool) -> list[Snowflake] | None:
    from .snowflakes import snowflake_of

    if isinstance(given, bool):
        return None
    if isinstance(given, str) or not hasattr(given, "__iter__"):
        raise InvalidArgument(f"{name} must be a list of ids, True or False, not {given!r}")
    return [snowflake_of(single, f"{name}.{index}") for index, single in enumerate(given)]
