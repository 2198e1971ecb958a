"""Colours: numbers that know their names, their hex text and their parts.

A `Colour` is an int and goes wherever one does (``Embed(color=Colour.BLURPLE)``).
It is an enum that is open to every value, because that is the one kind of int
that every JSON encoder in use writes as a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..errors import InvalidArgument
from .core.enums import OpenIntEnum

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Color", "Colour"]

_HEX = re.compile(r"(?:#|0x)?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*,\s*([0-9]{1,3})\s*\)", re.IGNORECASE)


class Colour(OpenIntEnum):
    """A colour, from 0x000000 to 0xFFFFFF; the named ones are Discord's own.

    ``Colour(0x5865F2)`` makes any other. Discord takes 0 for "no colour": a role with it
    looks like everybody else; the nearest black is 1.

    Raises:
        InvalidArgument: The number is no colour.
    """

    DEFAULT = 0

    # The brand's.
    BLURPLE = 0x5865F2
    BRAND_GREEN = 0x57F287
    BRAND_RED = 0xED4245
    YELLOW = 0xFEE75C
    FUCHSIA = 0xEB459E
    WHITE = 0xFFFFFF
    OG_BLURPLE = 0x7289DA
    GREYPLE = 0x99AAB5
    DARK_BUT_NOT_BLACK = 0x2C2F33
    NOT_QUITE_BLACK = 0x23272A

    # The ones that Discord offers for roles.
    TEAL = 0x1ABC9C
    DARK_TEAL = 0x11806A
    GREEN = 0x2ECC71
    DARK_GREEN = 0x1F8B4C
    BLUE = 0x3498DB
    DARK_BLUE = 0x206694
    PURPLE = 0x9B59B6
    DARK_PURPLE = 0x71368A
    MAGENTA = 0xE91E63
    DARK_MAGENTA = 0xAD1457
    GOLD = 0xF1C40F
    DARK_GOLD = 0xC27C0E
    ORANGE = 0xE67E22
    DARK_ORANGE = 0xA84300
    RED = 0xE74C3C
    DARK_RED = 0x992D22
    LIGHTER_GREY = 0x95A5A6
    LIGHT_GREY = 0x979C9F
    DARK_GREY = 0x607D8B
    DARKER_GREY = 0x546E7A

    @classmethod
    def _unknown(cls, value: object) -> Any:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 0xFFFFFF:
            raise InvalidArgument(
                f"a colour is a number from 0x000000 to 0xFFFFFF, not {value!r}; "
                "text is for Colour.parse"
            )
        return super()._unknown(int(value))

    @classmethod
    def from_rgb(cls, red: int, green: int, blue: int) -> Self:
        """Return the colour of three parts, each from 0 to 255.

        Raises:
            InvalidArgument: A part is outside that.
        """
        for name, part in (("red", red), ("green", green), ("blue", blue)):
            if not 0 <= part <= 255:
                raise InvalidArgument(f"{name} must be between 0 and 255, not {part}")
        return cls(red << 16 | green << 8 | blue)

    @classmethod
    def from_hsv(cls, hue: float, saturation: float, value: float) -> Self:
        """Return the colour of hue, saturation and value, each from 0 to 1.

        Raises:
            InvalidArgument: One of them is outside that.
        """
        from colorsys import hsv_to_rgb

        for name, part in (("hue", hue), ("saturation", saturation), ("value", value)):
            if not 0 <= part <= 1:
                raise InvalidArgument(f"{name} must be between 0 and 1, not {part}")
        red, green, blue = hsv_to_rgb(hue, saturation, value)
        return cls.from_rgb(round(red * 255), round(green * 255), round(blue * 255))

    @classmethod
    def from_hex(cls, text: str) -> Self:
        """Return the colour of ``#5865F2``, ``5865F2``, ``0x5865F2`` or ``#58F``.

        Raises:
            InvalidArgument: The text is none of these.
        """
        found = _HEX.fullmatch(text.strip())
        if found is None:
            raise InvalidArgument(f"a colour in hex looks like #5865F2, not {text[:40]!r}")
        digits = found[1]
        if len(digits) == 3:
            digits = "".join(digit * 2 for digit in digits)
        return cls(int(digits, 16))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the colour a person means: hex, ``rgb(88, 101, 242)``, or a name.

        Raises:
            InvalidArgument: The text is none of these.
        """
        plain = text.strip()
        name = plain.upper().replace(" ", "_").replace("-", "_").replace("GRAY", "GREY")
        named = cls.__members__.get(name)
        if named is not None:
            return named
        if found := _RGB.fullmatch(plain):
            return cls.from_rgb(int(found[1]), int(found[2]), int(found[3]))
        if _HEX.fullmatch(plain):
            return cls.from_hex(plain)
        raise InvalidArgument(
            f"{text[:40]!r} is no colour: write #5865F2, rgb(88, 101, 242), or a name like blurple"
        )

    @classmethod
    def random(cls, seed: int | str | None = None) -> Self:
        """Return a bright colour by chance; the same one for the same seed."""
        from random import Random

        return cls.from_hsv(Random(seed).random(), 0.8, 1.0)

    @property
    def red(self) -> int:
        """The red part, 0 to 255."""
        return int(self) >> 16

    @property
    def green(self) -> int:
        """The green part, 0 to 255."""
        return int(self) >> 8 & 0xFF

    @property
    def blue(self) -> int:
        """The blue part, 0 to 255."""
        return int(self) & 0xFF

    @property
    def rgb(self) -> tuple[int, int, int]:
        """Red, green and blue, each 0 to 255."""
        return self.red, self.green, self.blue

    @property
    def hsv(self) -> tuple[float, float, float]:
        """Hue, saturation and value, each 0 to 1."""
        from colorsys import rgb_to_hsv

        return rgb_to_hsv(self.red / 255, self.green / 255, self.blue / 255)

    @property
    def hex(self) -> str:
        """The text ``#5865f2``."""
        return f"#{int(self):06x}"

    def __str__(self) -> str:
        return self.hex

    def __repr__(self) -> str:
        return f"Colour.{self._name_}" if self.is_known else f"Colour(0x{int(self):06X})"


Color = Colour
"""The other spelling."""
