"""Fills a JSON schema, so that an unkind answer has the form that was asked for, whatever form that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
Json = Any
_MOST_NESTED = 12


@dataclass(frozen=True)
class Place:
    """Where a text is wanted: which field, in which item of the nearest list, beside which fields."""

    field: str = ""
    index: int = 0
    names: tuple[str, ...] = ()
    """All fields of the same object."""
    beside: Mapping[str, Json] | None = None
    """Those of them that are already filled; fields with a closed vocabulary come first."""
    is_listed: bool = False
    """Whether it lies inside of an item of a list."""


@dataclass(frozen=True)
class Filling:
    """What goes into a schema. Numbers count the items of a list from 1, and closed words take turns."""

    text: Callable[[Place], str]
    items: int = 1
    each_choice: bool = False
    """Lists of objects with a closed vocabulary get one item for each of its words."""
    keeps_limits: bool = True
    """Without it, texts and lists grow past the lengths that the schema allows."""
    is_true: bool = True


def fill(schema: Schema, filling: Filling) -> Json:
    """Return a value that the schema allows."""
    return _fill(_resolve(schema, schema), schema, filling, Place())


def _fill(schema: Schema, root: Schema, filling: Filling, place: Place) -> Json:
    if "const" in schema:
        return schema["const"]
    if choices := schema.get("enum"):
        return choices[place.index % len(choices)]
    match _kind(schema):
        case "object":
            return _object(schema, root, filling, place)
        case "array":
            return _array(schema, root, filling, place)
        case "integer" | "number":
            least, most = schema.get("minimum", place.index + 1), schema.get("maximum", place.index + 1)
            return min(max(place.index + 1, least), most)
        case "boolean":
            return filling.is_true
        case "null":
            return None
        case _:
            longest = schema.get("maxLength") if filling.keeps_limits else None
            return filling.text(place)[:longest].ljust(schema.get("minLength", 0), "x")


def _object(schema: Schema, root: Schema, filling: Filling, place: Place) -> dict[str, Json]:
    properties = {name: _resolve(part, root) for name, part in (schema.get("properties") or {}).items()}
    filled: dict[str, Json] = {}
    for name in sorted(properties, key=lambda name: "enum" not in properties[name]):
        inside = Place(name, place.index, tuple(properties), dict(filled), place.is_listed)
        filled[name] = _fill(properties[name], root, filling, inside)
    return {name: filled[name] for name in properties}


def _array(schema: Schema, root: Schema, filling: Filling, place: Place) -> list[Json]:
    item = _resolve(schema.get("items") or {}, root)
    count = filling.items
    if filling.each_choice:
        count = max(count, *(len(words) for words in _vocabularies(item, root)), 0)
    if place.is_listed:
        # A list in each of thousands of items would take this process longer than anybody waits.
        count = min(count, _MOST_NESTED)
    if filling.keeps_limits:
        count = max(min(count, schema.get("maxItems", count)), schema.get("minItems", 0))
    return [_fill(item, root, filling, Place(place.field, index, is_listed=True)) for index in range(count)]


def _vocabularies(schema: Schema, root: Schema) -> list[Sequence[Json]]:
    """Return the allowed words of each field of an object that has a closed vocabulary."""
    parts = [_resolve(part, root) for part in (schema.get("properties") or {}).values()]
    return [part["enum"] for part in parts if "enum" in part]


def item_fields(schema: Schema, field: str) -> tuple[str, ...]:
    """Return the names in the objects that a list of the schema holds; none when there is no such list."""
    listed = _resolve((schema.get("properties") or {}).get(field) or {}, schema)
    return tuple(_resolve(listed.get("items") or {}, schema).get("properties") or ())


def _resolve(schema: Schema, root: Schema) -> Schema:
    """Follow references, and take the first alternative that is not null."""
    if reference := schema.get("$ref"):
        found: Schema = root
        for step in str(reference).removeprefix("#/").split("/"):
            found = found[step]
        return _resolve(found, root)
    if parts := schema.get("allOf"):
        return {key: value for part in parts for key, value in _resolve(part, root).items()}
    if alternatives := schema.get("anyOf") or schema.get("oneOf"):
        resolved = [_resolve(part, root) for part in alternatives]
        return next((part for part in resolved if part.get("type") != "null"), resolved[0])
    return schema


def _kind(schema: Schema) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "null")
    if kind is None:
        kind = "object" if "properties" in schema else "array" if "items" in schema else "string"
    return str(kind)


def strictness_broken(schema: Schema, where: str = "schema") -> str:
    """Return which rule of OpenAI's strict schemas is broken, or "".

    Source: platform.openai.com/docs/guides/structured-outputs (supported schemas).
    """
    if where == "schema" and schema.get("type") != "object":
        return "the root is no object"
    if _is_schema_of_object(schema):
        if schema.get("additionalProperties") is not False:
            return f"{where}: additionalProperties must be false"
        if set(schema.get("required", ())) != set(schema.get("properties", ())):
            return f"{where}: every field must be required"
    inside = {
        **{f"{where}.{name}": part for name, part in (schema.get("properties") or {}).items()},
        **{f"{where}.{name}": part for name, part in (schema.get("$defs") or {}).items()},
        **{f"{where}.{number}": part for number, part in enumerate(schema.get("anyOf") or ())},
        **({f"{where}[]": schema["items"]} if "items" in schema else {}),
    }
    return next((broken for name, part in inside.items() if (broken := strictness_broken(part, name))), "")


def _is_schema_of_object(schema: Schema) -> bool:
    return schema.get("type") == "object" or "properties" in schema
