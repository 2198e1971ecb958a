"""Unions told apart by a field, decoded in one C call.

msgspec refuses unions of dataclasses. So each union has one private class with
the fields of all its members; its `__post_init__` turns the decoded object into
the member that its discriminator names (2.7 µs for three components). A thing
of an unknown kind is refused there, and kept whole by the walker in plan.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, field, fields
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from .base import Bound, Entity, Model, model
from .unset import UNSET

__all__ = ["Unknown", "UnknownVariant", "wide"]

_ABSENCE = re.compile(r"\s*\|\s*(None|Unset)\b")


@model
class Unknown(Model):
    """A thing of a kind this library does not know, kept whole."""

    data: dict[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> Any:
        """The discriminator Discord sent."""
        return self.data.get("type")

    def _raw_(self) -> dict[str, Any]:
        return self.data

    @classmethod
    def _choose(cls, data: dict[str, Any]) -> Unknown:
        return cls(data=data)


class UnknownVariant(ValueError):
    """A discriminator has a value that no member of the union has."""


def wide(
    name: str,
    module: str,
    tag: str,
    variants: Mapping[Any, type[Model]],
    unknown: type[Unknown],
    *,
    types: Mapping[str, str] | None = None,
    refine: Mapping[type[Model], Callable[[Any], None]] | None = None,
) -> Any:
    """Make the private class that stands for a union in annotations at run time.

    Args:
        name: Its name.
        module: The module whose names its annotations use.
        tag: The field that tells the members apart.
        variants: Tag value → member.
        unknown: The class of things of an unknown kind.
        types: Annotations of fields that the members type differently.
        refine: Member → what is called with it when it is done, to give such fields
            their true type.
    """
    base: type[Model] = Model
    for common in (Bound, Entity):
        if all(issubclass(cls, common) for cls in variants.values()):
            base = common
    inherited = getattr(base, "__dataclass_fields__", {})
    annotations: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    table: dict[Any, tuple[type[Model], tuple[str, ...], Callable[[Any], None] | None]] = {}
    unset = {f.name for cls in variants.values() for f in fields(cls) if f.default is UNSET}
    for value, cls in variants.items():
        required: list[str] = []
        for f in fields(cls):
            if f.name == tag or f.name in inherited:
                continue
            written = _ABSENCE.sub("", str(f.type))
            absence = " | None | Unset" if f.name in unset else " | None"
            annotation = (types or {}).get(f.name, written) + absence
            if annotations.setdefault(f.name, annotation) != annotation:
                raise TypeError(f"{name}: {f.name} is {annotations[f.name]} and {annotation}")
            defaults[f.name] = UNSET if f.name in unset else None
            needed = f.default is MISSING and f.default_factory is MISSING
            if needed and written == str(f.type):
                required.append(f.name)
        table[value] = (cls, tuple(required), (refine or {}).get(cls))
    tag_of = attrgetter(tag)
    find = table.get

    def __post_init__(self: Any) -> None:
        found = find(tag_of(self))
        if found is None:
            raise UnknownVariant(f"{tag} {tag_of(self)!r} is not known")
        cls, required, finish = found
        for field_name in required:
            value = getattr(self, field_name)
            if value is None or value is UNSET:  # UNSET where another member lets it be absent
                raise ValueError(f"{field_name} is missing")
        self.__class__ = cls
        if finish is not None:
            finish(self)

    def _choose(data: dict[str, Any]) -> Any:
        value = data.get(tag)
        if isinstance(value, str) and value.isdecimal():
            value = int(value)
        try:
            found = table.get(value)
        except TypeError:
            found = None
        return unknown(data=data) if found is None else found[0]

    tag_annotation = next(
        str(f.type) for f in fields(next(iter(variants.values()))) if f.name == tag
    )
    body: dict[str, Any] = {
        "__module__": module,
        "__annotations__": {tag: tag_annotation, **annotations},
        "__post_init__": __post_init__,
        "_choose": staticmethod(_choose),
        "_variants": MappingProxyType(dict(variants)),
        **defaults,
    }
    return model(type(name, (base,), body))
