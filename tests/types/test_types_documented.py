"""Every documented structure, field, enum and flag has its place in the classes."""

from __future__ import annotations

import json
import types
import typing
from datetime import datetime
from enum import Enum, IntFlag
from typing import Any, Union

import pytest
from type_facts import discord_data, enums, structures
from type_payloads import hints_of, parts

import disruption.types as T
from disruption.types.core.base import Model
from disruption.types.core.plan import model_plan
from disruption.types.core.snowflake import Snowflake
from disruption.types.core.unset import UNSET, Unset

STRUCTURES = {key: entry for key, entry in structures().items() if "class" in entry}
OUT_OF_SCOPE = {"topics/rpc", "topics/certified-devices", "topics/voice-connections"}

# Where the class is right and the documentation's word is not the type of the field.
TYPED_OTHERWISE = {
    ("Application", "flags_new"): "a number as text",
    ("AuditLogChange", "new_value"): "mixed",
    ("AuditLogChange", "old_value"): "mixed",
}


@pytest.mark.parametrize("key", STRUCTURES)
def test_a_structure_has_a_class_with_its_fields(key: str) -> None:
    entry = STRUCTURES[key]
    cls = getattr(T, entry["class"])
    assert issubclass(cls, Model)
    plans = {plan.name: plan for plan in model_plan(cls)}
    hints = hints_of(cls)
    for name, text in entry["fields"].items():
        assert name in plans, f"{cls.__name__} lacks {name}"
        members = parts(hints[name])
        nullable, optional = text.startswith("?"), text.endswith("(optional)")
        if hints[name] is Any:
            continue
        if nullable:
            assert type(None) in members, f"{cls.__name__}.{name} may be null"
        if optional:
            assert not plans[name].required, f"{cls.__name__}.{name} may be absent"
        if nullable and optional:
            assert plans[name].omits is UNSET
            assert Unset in members, f"{cls.__name__}.{name}: null and absent differ"
        if (cls.__name__, name) not in TYPED_OTHERWISE:
            word = text.removeprefix("?").removesuffix(" (optional)")
            inner = [m for m in members if m not in (type(None), Unset)]
            assert not inner or any(fits(word, m) for m in inner), (word, inner)


def fits(word: str, annotation: Any) -> bool:
    """Return whether an annotation can be what the documentation calls `word`."""
    if typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    origin = typing.get_origin(annotation)
    is_class = isinstance(annotation, type)
    word = "enum" if "frequency" in word else word
    if word.lower().startswith(("array of ", "list of ")):
        return origin in (list, tuple)
    if origin is list:
        return "array" in word or word.endswith("s")
    if word == "snowflake":
        return annotation is Snowflake
    if word == "string":
        return annotation is str or (is_class and issubclass(annotation, (str, IntFlag)))
    if word == "boolean":
        return annotation is bool
    if word in ("integer", "number"):
        return annotation in (int, float) or (is_class and issubclass(annotation, int))
    if word in ("ISO8601 timestamp", "timestamp"):
        return annotation is datetime
    if word.endswith("object"):
        return origin in (dict, Union, types.UnionType) or (
            is_class and issubclass(annotation, Model)
        )
    return True


def test_every_structure_is_a_class_or_has_a_reason() -> None:
    for key, entry in structures().items():
        assert ("class" in entry) != bool(entry.get("none")), key


@pytest.mark.parametrize("key", enums())
def test_an_enum_has_its_values(key: str) -> None:
    entry = enums()[key]
    cls = getattr(T, entry["class"])
    assert issubclass(cls, Enum)
    assert issubclass(cls, IntFlag) == entry["flags"]
    assert set(entry["values"]) <= {member.value for member in cls.__members__.values()}


def test_the_table_of_structures_is_what_the_documentation_says() -> None:
    documented = json.loads((discord_data() / "structures.json").read_text())
    table = structures()
    missing, changed, seen = [], [], set()
    for structure in documented["structures"]:
        if structure["kind"] not in ("object", "event", "response"):
            continue
        if structure["page"] in OUT_OF_SCOPE - {"topics/certified-devices"}:
            continue
        key = f"{structure['page']} | {structure['name']}"
        seen.add(key)
        fields = {
            f["name"]: "?" * f["nullable"] + f["type"] + " (optional)" * f["optional"]
            for f in structure["fields"]
        }
        if key not in table:
            missing.append(key)
        elif table[key].get("fields", fields) != fields:
            changed.append(key)
    assert (missing, changed) == ([], [])
    assert set(table) <= seen


def test_the_table_of_enums_is_what_the_documentation_says() -> None:
    documented = json.loads((discord_data() / "structures.json").read_text())
    table = enums()
    seen = set()
    for enum in documented["enums"]:
        if enum["page"] in OUT_OF_SCOPE or enum["name"].startswith("RPC"):
            continue
        key = f"{enum['page']} | {enum['name']}"
        seen.add(key)
        assert table[key]["values"] == [member["value"] for member in enum["members"]], key
    assert set(table) == seen


def test_permissions_have_the_documented_bits() -> None:
    documented = json.loads((discord_data() / "permissions.json").read_text())
    rows = documented["permissions"] if isinstance(documented, dict) else documented
    for row in rows:
        assert T.Permissions[row["name"]] == 1 << row["bit"]


def test_every_public_name_is_there() -> None:
    for name in T.__all__:
        assert getattr(T, name) is not None


def test_every_class_says_where_it_is_documented() -> None:
    for key, entry in STRUCTURES.items():
        text = getattr(T, entry["class"]).__doc__ or ""
        assert "https://discord.com/developers/docs/" in text, key
