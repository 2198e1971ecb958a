"""Verbs never share a name with a field: the field would silently take its place."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import pytest

import disruption.types
from disruption.types.core.base import Model


def models() -> list[type[Any]]:
    found = {
        cls
        for cls in vars(disruption.types).values()
        if inspect.isclass(cls) and issubclass(cls, Model) and cls is not Model
    }
    found |= {spec.cls for spec in disruption.types.EVENTS.values()}
    return sorted(found, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("cls", models(), ids=lambda cls: cls.__name__)
def test_no_field_hides_a_verb(cls: type[Any]) -> None:
    fields = {field.name for field in dataclasses.fields(cls)}
    hidden = {
        f"{base.__name__}.{name}"
        for base in cls.__mro__
        for name, value in vars(base).items()
        if name in fields and inspect.isfunction(value)
    }
    assert hidden == set()
