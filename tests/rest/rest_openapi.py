"""Discord's OpenAPI description: requests held against it, and answers made from it."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from rest_fake import Request
from rest_operations import shape
from rest_table import form

_FILE = Path(__file__).parents[1] / "data" / "discord-openapi.json.gz"


def description() -> Any:
    """Return Discord's description as it is."""
    return json.loads(gzip.decompress(_FILE.read_bytes()))


Schema = dict[str, Any]

# Numbers that are texts, which the description does not say.
_NUMERALS = frozenset(
    ("allow", "default_member_permissions", "deny", "id", "launch_id", "permissions")
)

# Where ``files[n]`` are documented, and not described though attachments are.
FILES_DOCUMENTED = {
    "POST /channels/{}/threads",
    "POST /interactions/{}/{}/callback",
    "POST /webhooks/{}/{}",
}
_DEEPEST = 2  # how far down what is optional is made, too


class Described:
    """One operation of the description."""

    def __init__(self, api: OpenAPI, path: str, method: str) -> None:
        self.api = api
        self.path = path
        item = api.document["paths"][path]
        self.operation = item[method.lower()]
        self.method = method
        self.parameters = [*item.get("parameters", ()), *self.operation.get("parameters", ())]
        self.contents: Schema = self.operation.get("requestBody", {}).get("content", {})

    @cached_property
    def answers(self) -> dict[int, Schema]:
        """The successful statuses, and their contents by type."""
        return {
            int(status): self.api.resolve(answer).get("content", {})
            for status, answer in self.operation["responses"].items()
            if status.startswith("2")
        }

    @property
    def needs_token(self) -> bool:
        """Whether the client's own token must come along."""
        security = self.operation.get("security", [])
        return {"BotToken": []} in security and {} not in security

    def field(self, name: str) -> Schema | None:
        """Return what is said of a parameter, or of a field of the body."""
        for parameter in self.parameters:
            if parameter["name"] == name:
                return dict(parameter["schema"])
        for content in self.contents.values():
            fields = self.api.properties(content["schema"])
            # The fields of a post's first message are those of the method.
            inner = self.api.properties(fields.get("message", {}))
            found = fields.get(name) or inner.get(name)
            if found is not None:
                return found
            # The one argument that is the whole body.
            if name in ("commands", "payload", "records"):
                return dict(content["schema"])
        return None

    def faults(self, request: Request) -> Iterator[str]:
        """Say what of a request is not as described."""
        split = urlsplit(request.path)
        if request.method != self.method:
            yield f"method {request.method}"
        yield from self._path_faults(split.path.removeprefix("/api/v10"))
        yield from self._query_faults(split.query)
        if not request.body:
            if self.operation.get("requestBody", {}).get("required"):
                yield "no body"
            return
        kind = request.headers.get("Content-Type", "").partition(";")[0]
        if kind not in self.contents:
            yield f"content type {kind or 'missing'}"
            return
        schema = self.contents[kind]["schema"]
        if kind == "application/json":
            yield from self._body_faults(schema, request.json)
        elif kind == "multipart/form-data":
            yield from self._form_faults(schema, request)

    def _path_faults(self, path: str) -> Iterator[str]:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(self.path))
        match = re.fullmatch(pattern, path)
        if match is None:
            yield f"path {path}"
            return
        for parameter in self.parameters:
            if parameter["in"] == "path":
                value = unquote(match[parameter["name"]])
                if not self._fits(parameter["schema"], [value]):
                    yield f"path: {parameter['name']}={value}"

    def _query_faults(self, query: str) -> Iterator[str]:
        given: dict[str, list[str]] = {}
        for name, value in parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)):
            given.setdefault(name, []).append(value)
        known = {
            parameter["name"]: parameter
            for parameter in self.parameters
            if parameter["in"] == "query"
        }
        for name, values in given.items():
            if name not in known:
                yield f"query: {name} is unknown"
            elif not self._fits(known[name]["schema"], values):
                yield f"query: {name}={values}"
        for name, parameter in known.items():
            if parameter.get("required") and name not in given:
                yield f"query: {name} is missing"

    def _fits(self, schema: Schema, texts: list[str]) -> bool:
        """Tell whether a schema takes one of the readings of what is text in a URL."""
        readings: list[Any] = [texts]
        for read in (str, int, float, {"true": True, "false": False}.__getitem__):
            try:
                values = [read(text) for text in texts]
            except (ValueError, KeyError):
                continue
            readings += [values, *(values if len(values) == 1 else ())]
        return any(not list(self.api.errors(schema, reading)) for reading in readings)

    def _body_faults(self, schema: Schema, body: Any) -> Iterator[str]:
        if isinstance(body, dict) and isinstance(body.get("attachments"), list):
            # An upload's id is its number, as in the documentation's examples; described as text.
            numbered = [
                entry | {"id": str(entry["id"])} if "id" in entry else entry
                for entry in body["attachments"]
            ]
            body = body | {"attachments": numbered}
        yield from (f"body: {error}" for error in self.api.errors(schema, body))
        if isinstance(body, dict) and not self.api.is_open(schema):
            for name in body.keys() - self.api.properties(schema).keys():
                yield f"body: {name} is unknown"

    def _form_faults(self, schema: Schema, request: Request) -> Iterator[str]:
        parts = form(request.body)
        known = self.api.properties(schema)
        fields: dict[str, Any] = {}
        for name, (headers, content) in parts.items():
            if name == "payload_json":
                fields |= json.loads(content)
            elif re.fullmatch(r"files\[\d+\]", name):
                continue
            elif "filename=" in headers["content-disposition"]:
                # Without its content, which is no JSON.
                fields[name] = ""
            else:
                fields[name] = content.decode()
            if name != "payload_json" and name not in known:
                yield f"form: {name} is unknown"
        yield from self._body_faults(schema, fields)
        yield from self._file_faults(parts, fields, known)

    def _file_faults(
        self, parts: dict[str, tuple[dict[str, str], bytes]], body: Schema, known: Schema
    ) -> Iterator[str]:
        """Hold ``files[n]`` against each other and against the attachments of the body."""
        names = [name for name in parts if name.startswith("files[")]
        if names != [f"files[{number}]" for number in range(len(names))]:
            yield f"form: files are numbered {names}"
        if names and not known.keys() & {"files[0]"} and self.key not in FILES_DOCUMENTED:
            yield "form: files[n] is unknown"
        if "files[0]" in known and not known.keys() >= set(names):
            yield f"form: {len(names)} files are too many"
        # Of the message, or of the one inside a post or an interaction's answer.
        inner = body.get("message") or body.get("data") or body
        if self.path.endswith("/callback"):
            return  # whose data is as the caller has it; it need not tell of them
        told = {
            f"files[{entry['id']}]": entry.get("filename")
            for entry in inner.get("attachments") or ()
            if isinstance(entry["id"], int)
        }
        if told.keys() != set(names):
            yield f"form: attachments tell of {sorted(told)}, there are {names}"
        for name in names:
            headers, _ = parts[name]
            disposition = headers["content-disposition"]
            if f'filename="{told.get(name)}"' not in disposition:
                yield f"form: {name} is {disposition}, but {told.get(name)} in the attachments"
            if "/" not in headers.get("content-type", ""):
                yield f"form: {name} has no content type"

    @property
    def key(self) -> str:
        """The method and the path without the names of its parameters."""
        return f"{self.method} {shape(self.path)}"


class OpenAPI:
    """The description."""

    def __init__(self, document: Schema) -> None:
        self.document = document = _mended(document)
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry: Registry[Any] = Registry().with_resource("urn:discord", resource)
        self._paths = {shape(path): path for path in document["paths"]}
        self._validators: dict[int, Draft202012Validator] = {}

    def find(self, method: str, path: str) -> Described | None:
        """Return an operation, where it is described."""
        described = self._paths.get(shape(path))
        if described is None or method.lower() not in self.document["paths"][described]:
            return None
        return Described(self, described, method)

    def resolve(self, schema: Schema) -> Schema:
        """Return what a reference leads to."""
        while "$ref" in schema:
            found: Any = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            schema = found
        return schema

    def errors(self, schema: Schema, value: Any) -> Iterator[str]:
        """Say where a value does not fit."""
        validator = self._validators.get(id(schema))
        if validator is None:
            # The references of a part are those of the whole.
            rooted = {"$id": "urn:discord:part", **_absolute(schema)}
            validator = Draft202012Validator(rooted, registry=self._registry)
            self._validators[id(schema)] = validator
        for error in validator.iter_errors(value):
            where = ".".join(map(str, error.absolute_path))
            yield f"{where}: {error.message[:200]}"

    def properties(self, schema: Schema) -> dict[str, Schema]:
        """Return the fields that an object can have, in any of its forms."""
        schema = self.resolve(schema)
        found = dict(schema.get("properties", {}))
        for kind in ("allOf", "anyOf", "oneOf"):
            for part in schema.get(kind, ()):
                found |= self.properties(part)
        return found

    def is_open(self, schema: Schema) -> bool:
        """Tell whether an object can have any fields."""
        return bool(self.resolve(schema).get("additionalProperties"))

    def sample(self, schema: Schema, rng: random.Random, depth: int = 0) -> Any:
        """Return a value that fits."""
        schema = self.resolve(schema)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return rng.choice([value for value in schema["enum"] if value is not None])
        for kind in ("oneOf", "anyOf"):
            if kind in schema:
                choices = [part for part in schema[kind] if part.get("type") != "null"]
                return self.sample(rng.choice(choices), rng, depth)
        if "allOf" in schema:
            parts = [self.sample(part, rng, depth) for part in schema["allOf"]]
            if isinstance(parts[0], dict):
                return {name: value for part in parts for name, value in part.items()}
            return parts[0]
        kinds = schema.get("type", "object")
        kind = kinds if isinstance(kinds, str) else next(k for k in kinds if k != "null")
        if kind == "object":
            return self._object(schema, rng, depth)
        if kind == "array":
            least = schema.get("minItems", 0)
            count = max(least, 1 if depth <= _DEEPEST else 0)
            count = min(count, schema.get("maxItems", count))
            return [self.sample(schema.get("items", {}), rng, depth + 1) for _ in range(count)]
        if kind == "string":
            return _text(schema, rng)
        if kind in ("integer", "number"):
            least = schema.get("minimum", 0)
            return rng.randint(
                int(least), int(min(schema.get("maximum", least + 100), least + 100))
            )
        return rng.choice([True, False]) if kind == "boolean" else None

    def _object(self, schema: Schema, rng: random.Random, depth: int) -> dict[str, Any]:
        made = {}
        needed = set(schema.get("required", ()))
        for name, field in schema.get("properties", {}).items():
            if name in needed or (depth <= _DEEPEST and rng.random() < 0.3):
                made[name] = self._field(name, field, rng, depth)
        return made

    def _field(self, name: str, field: Schema, rng: random.Random, depth: int) -> Any:
        nullable = "null" in field.get("type", ()) or {"type": "null"} in field.get("oneOf", ())
        if nullable and (depth > _DEEPEST or rng.random() < 0.5):
            return None
        if name in _NUMERALS and "string" in field.get("type", ()):
            return str(rng.randint(0, 2**50))
        return self.sample(field, rng, depth + 1)


def _text(schema: Schema, rng: random.Random) -> str:
    form = schema.get("format")
    if form == "snowflake":
        return str(rng.randint(1, 2**62))
    if form == "date-time":
        return "2026-11-24T20:00:00.123000+00:00"
    if form == "uri":
        return "https://example.com/a"
    least, most = schema.get("minLength", 0), schema.get("maxLength", 3)
    return "a" * int(max(least, min(3, most)))


def _mended(schema: Any) -> Any:
    """Return the description without lists of values that allow none."""
    if isinstance(schema, dict):
        return {
            name: _mended(value)
            for name, value in schema.items()
            if not (name == "enum" and value == [])
        }
    return [_mended(value) for value in schema] if isinstance(schema, list) else schema


def _absolute(schema: Any) -> Any:
    """Return a schema whose references begin at the description."""
    if isinstance(schema, dict):
        return {
            name: f"urn:discord{value}" if name == "$ref" else _absolute(value)
            for name, value in schema.items()
        }
    return [_absolute(value) for value in schema] if isinstance(schema, list) else schema
