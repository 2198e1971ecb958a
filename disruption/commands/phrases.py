"""`Phrase`: a sentence of ours that users may read in another language, with what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Phrase"]


class Phrase(str):
    """A text in English that knows how it was made: ``"a whole number from 2 to 100"``.

    Attributes:
        sentence: The text with names in braces, ``"a whole number from {min} to {max}"``.
        values: What stands in the braces; other phrases among it.
    """

    sentence: str
    values: dict[str, Any]

    def __new__(cls, sentence: str, **values: Any) -> Self:
        made = super().__new__(cls, sentence.format(**values) if values else sentence)
        made.sentence = sentence
        made.values = values
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, Any]]:
        """Return what a copy is made of; the text alone is not enough."""
        return (self.sentence,), self.values

    @classmethod
    def either(cls, *phrases: str) -> str:
        """Return what is one or another of these."""
        first, *others = phrases
        for other in others:
            first = cls("{one} or {other}", one=first, other=other)
        return first
