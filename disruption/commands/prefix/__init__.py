"""Prefix commands: what people write, ``!roll 20``, read into the same functions.

`runner` goes from a message to a command; the rest is pure.
"""

from .binding import parse
from .help import help_pages
from .matching import Prefixes
from .tokens import Token, tokenize

__all__ = ["Prefixes", "Token", "help_pages", "parse", "tokenize"]
