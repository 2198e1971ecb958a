"""Validation of request bodies with the form errors Discord gives (code 50035)."""

from __future__ import annotations

from .commands import clean_choices, clean_command, clean_commands
from .components import clean_components
from .form import Body, Form
from .messages import clean_message, clean_modal

__all__ = [
    "Body",
    "Form",
    "clean_choices",
    "clean_command",
    "clean_commands",
    "clean_components",
    "clean_message",
    "clean_modal",
]
