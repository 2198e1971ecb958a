"""Parameters: from a function's signature to Discord's options, and from values to arguments."""

from __future__ import annotations

from .custom import register_converter
from .docstrings import read_docstring
from .entities import Mentionable
from .kind import ConversionContext
from .localizing import localize, translation_keys
from .marks import (
    Autocomplete,
    ChannelTypes,
    Choice,
    Choices,
    Converter,
    Description,
    FileTypes,
    Length,
    Localized,
    Name,
    Range,
    Zone,
)
from .names import fit_description
from .parameter import Parameter
from .reading import read_parameters
from .times import parse_datetime, parse_timedelta
from .translations import Translations

__all__ = [
    "Autocomplete",
    "ChannelTypes",
    "Choice",
    "Choices",
    "ConversionContext",
    "Converter",
    "Description",
    "FileTypes",
    "Length",
    "Localized",
    "Mentionable",
    "Name",
    "Parameter",
    "Range",
    "Translations",
    "Zone",
    "fit_description",
    "localize",
    "parse_datetime",
    "parse_timedelta",
    "read_docstring",
    "read_parameters",
    "register_converter",
    "translation_keys",
]
