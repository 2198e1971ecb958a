"""The four functions of dataclasses-json, without loss.

dataclasses-json takes 58 ms to import, so this module is imported at the first
call. Each field's encoder, decoder and exclusion are derived from its
annotation (plan.py) when its class is first used.
"""

from __future__ import annotations

import json
from dataclasses import fields
from types import MappingProxyType
from typing import Any, TypeVar

from dataclasses_json import DataClassJsonMixin, config

from ...errors import DecodeError
from .base import AbsentList, Model
from .codec import convert
from .plan import FieldPlan, model_plan
from .unset import UNSET

__all__ = ["from_dict", "from_json", "to_dict", "to_json"]

_T = TypeVar("_T", bound=Model)
_ready: set[type[Any]] = set()


def to_dict(obj: Model, encode_json: bool) -> dict[str, Any]:
    """See `Model.to_dict`."""
    raw = getattr(obj, "_raw_", None)
    if raw is not None:
        kept: dict[str, Any] = raw()
        return kept
    _prepare(type(obj))
    written = DataClassJsonMixin.to_dict(obj, encode_json)  # type: ignore[arg-type]
    for name in obj._filled:
        written.pop(name, None)
    return written


def from_dict(cls: type[_T], kvs: dict[str, Any], infer_missing: bool) -> _T:
    """See `Model.from_dict`."""
    choose = getattr(cls, "_choose", None)
    if choose is not None or not isinstance(kvs, dict):
        return convert(cls, kvs, strict=True)
    _prepare(cls)
    complete = getattr(cls, "_untold", None)  # what a documented payload may leave out
    untold: dict[str, Any] = complete(kvs) if complete is not None else {}
    if untold:
        kvs = {**kvs, **untold}
    for plan in model_plan(cls):
        if kvs.get(plan.name, plan) is None and not plan.nullable:
            raise DecodeError(f"{cls.__name__}: $.{plan.name}: null is not allowed")
    try:
        made: _T = DataClassJsonMixin.from_dict.__func__(  # type: ignore[attr-defined]
            cls, kvs, infer_missing=infer_missing
        )
    except DecodeError:
        raise
    except (TypeError, ValueError, KeyError) as error:
        raise DecodeError(f"{cls.__name__}: {error}") from error
    if untold:
        made._filled = made._filled | untold.keys()
    return made


def to_json(obj: Model, options: dict[str, Any]) -> str:
    """See `Model.to_json`."""
    return json.dumps(to_dict(obj, encode_json=True), **options)


def from_json(cls: type[_T], text: str | bytes, infer_missing: bool) -> _T:
    """See `Model.from_json`."""
    try:
        parsed = json.loads(text)
    except ValueError as error:
        raise DecodeError(f"not JSON: {error}") from error
    return from_dict(cls, parsed, infer_missing)


def _prepare(cls: type[Any]) -> None:
    if cls in _ready:
        return
    plans = {plan.name: plan for plan in model_plan(cls)}
    for f in fields(cls):
        plan = plans.get(f.name)
        options = _private() if plan is None else _configured(plan)
        # A field may be shared with the classes below it: the same annotation, the same config.
        f.metadata = MappingProxyType({**f.metadata, **options})
    _ready.add(cls)


def _configured(plan: FieldPlan) -> dict[str, Any]:
    def encode(value: Any) -> Any:
        return value if value is None else plan.plan.encode(value)

    def decode(value: Any) -> Any:
        if value is UNSET or isinstance(value, AbsentList):
            return value
        return convert(plan.annotation, value, strict=True)

    return config(encoder=encode, decoder=decode, exclude=plan.leaves_out)


def _private() -> dict[str, Any]:
    """Config of a field that never travels: dataclasses-json would copy the whole client."""

    def nothing(value: Any) -> Any:
        return None

    def always(value: Any) -> bool:
        return True

    return config(encoder=nothing, decoder=nothing, exclude=always)
