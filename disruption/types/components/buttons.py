"""Buttons.

See https://discord.com/developers/docs/components/reference#button
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.base import model
from ..core.enums import OpenIntEnum
from ..core.snowflake import Snowflake
from ..core.unset import UNSET, Unset
from ..emoji import Emoji, as_emoji
from .base import Component, ComponentType

if TYPE_CHECKING:
    from typing_extensions import Self

    from ..snowflakes import HasId

__all__ = ["Button", "ButtonStyle"]


class ButtonStyle(OpenIntEnum):
    """See https://discord.com/developers/docs/components/reference#button"""

    PRIMARY = 1
    SECONDARY = 2
    SUCCESS = 3
    DANGER = 4
    LINK = 5
    PREMIUM = 6


@model
class Button(Component):
    """Button.

    See https://discord.com/developers/docs/components/reference#button
    """

    type: ComponentType = ComponentType.BUTTON
    style: ButtonStyle
    label: str | None = None
    emoji: Emoji | None = None
    custom_id: str | None = None
    sku_id: Snowflake | None = None
    url: str | Unset | None = UNSET
    disabled: bool | None = None

    @classmethod
    def _with_custom_id(
        cls,
        style: ButtonStyle,
        label: str | None,
        custom_id: str,
        emoji: Emoji | str | None,
        disabled: bool | None,
    ) -> Self:
        return cls(
            style=style,
            label=label,
            custom_id=custom_id,
            emoji=as_emoji(emoji),
            disabled=disabled,
        )

    @classmethod
    def primary(
        cls,
        label: str | None,
        custom_id: str,
        *,
        emoji: Emoji | str | None = None,
        disabled: bool | None = None,
    ) -> Self:
        """Return a button for the recommended action; it needs a label or an emoji.

        Raises:
            InvalidArgument: The emoji's text is no emoji.
        """
        return cls._with_custom_id(ButtonStyle.PRIMARY, label, custom_id, emoji, disabled)

    @classmethod
    def secondary(
        cls,
        label: str | None,
        custom_id: str,
        *,
        emoji: Emoji | str | None = None,
        disabled: bool | None = None,
    ) -> Self:
        """Return a button for another action; it needs a label or an emoji.

        Raises:
            InvalidArgument: The emoji's text is no emoji.
        """
        return cls._with_custom_id(ButtonStyle.SECONDARY, label, custom_id, emoji, disabled)

    @classmethod
    def success(
        cls,
        label: str | None,
        custom_id: str,
        *,
        emoji: Emoji | str | None = None,
        disabled: bool | None = None,
    ) -> Self:
        """Return a button that confirms or completes; it needs a label or an emoji.

        Raises:
            InvalidArgument: The emoji's text is no emoji.
        """
        return cls._with_custom_id(ButtonStyle.SUCCESS, label, custom_id, emoji, disabled)

    @classmethod
    def danger(
        cls,
        label: str | None,
        custom_id: str,
        *,
        emoji: Emoji | str | None = None,
        disabled: bool | None = None,
    ) -> Self:
        """Return a button for what cannot be undone; it needs a label or an emoji.

        Raises:
            InvalidArgument: The emoji's text is no emoji.
        """
        return cls._with_custom_id(ButtonStyle.DANGER, label, custom_id, emoji, disabled)

    @classmethod
    def link(
        cls,
        label: str | None,
        url: str,
        *,
        emoji: Emoji | str | None = None,
        disabled: bool | None = None,
    ) -> Self:
        """Return a button that opens an address; the bot does not hear of it.

        Raises:
            InvalidArgument: The emoji's text is no emoji.
        """
        return cls(
            style=ButtonStyle.LINK,
            label=label,
            url=url,
            emoji=as_emoji(emoji),
            disabled=disabled,
        )

    @classmethod
    def premium(cls, sku_id: int | str | HasId, *, disabled: bool | None = None) -> Self:
        """Return a button that sells a SKU; it has no text of its own.

        Raises:
            InvalidArgument: It is no id.
        """
        from ..snowflakes import snowflake_of

        return cls(
            style=ButtonStyle.PREMIUM, sku_id=snowflake_of(sku_id, "sku_id"), disabled=disabled
        )
