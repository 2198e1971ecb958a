"""Hold answers against Discord's OpenAPI description.

A small reader of the part of JSON Schema that the description uses.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from disruption.local.rest.app import router

SPEC = Path(__file__).parents[1] / "data" / "discord-openapi.json.gz"

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


@lru_cache(maxsize=1)
def spec() -> dict[str, Any]:
    """Return the description."""
    loaded: dict[str, Any] = json.loads(gzip.decompress(SPEC.read_bytes()))
    loaded["paths"] = {_bare(path): item for path, item in loaded["paths"].items()}
    return loaded


def check_answer(method: str, path: str, status: int, body: Any) -> list[str]:
    """Return what is wrong with an answer: paths into it, and why.

    Args:
        method: HTTP method.
        path: Path as asked, without prefix and query.
        status: HTTP status of the answer.
        body: Its JSON, None when it had none.
    """
    whole = spec()
    match = router().match(method, path)
    if isinstance(match, bool):
        return []
    operation = whole["paths"].get(_bare(match[0].path), {}).get(method.lower())
    if operation is None:
        return []
    response = operation["responses"].get(str(status))
    if response is None:
        return [f"status {status} is none of {sorted(operation['responses'])}"]
    schema = response.get("content", {}).get("application/json", {}).get("schema")
    return [] if schema is None else problems(schema, body, whole)


def problems(schema: Any, value: Any, whole: dict[str, Any], at: str = "$") -> list[str]:
    """Return where a value does not fit its schema."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return problems(whole["components"]["schemas"][name], value, whole, at)
    for key in ("oneOf", "anyOf"):
        if key in schema:
            found = [problems(branch, value, whole, at) for branch in schema[key]]
            return min(found, key=len)
    wanted = schema.get("type")
    if wanted is not None:
        names = wanted if isinstance(wanted, list) else [wanted]
        if not any(_is(value, name) for name in names):
            # As many problems as no branch of a union has by missing a field.
            return [f"{at}: {value!r:.40} is no {wanted}"] * 50
    wrong: list[str] = []
    if "const" in schema and value != schema["const"]:
        wrong += [f"{at}: {value!r:.40} is not {schema['const']!r}"] * 50
    if "enum" in schema and value not in schema["enum"]:
        wrong.append(f"{at}: {value!r:.40} is none of {schema['enum']!r:.80}")
    for part in schema.get("allOf", ()):
        wrong += problems(part, value, whole, at)
    if isinstance(value, dict):
        wrong += _of_object(schema, value, whole, at)
    elif isinstance(value, list) and isinstance(schema.get("items"), dict):
        for index, item in enumerate(value):
            wrong += problems(schema["items"], item, whole, f"{at}[{index}]")
    return wrong


def _of_object(schema: Any, value: dict[str, Any], whole: dict[str, Any], at: str) -> list[str]:
    wrong = [f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value]
    for name, item in value.items():
        inner = schema.get("properties", {}).get(name)
        if inner is not None:
            wrong += problems(inner, item, whole, f"{at}.{name}")
    return wrong


def _is(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, _TYPES[name])


def _bare(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "{}", path)
