"""Message types as tables of Markdown: fields, types, and what their docstrings say."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import msgspec
from msgspec import inspect as types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Struct = type[msgspec.Struct]

_ATTRIBUTE = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)
_SIMPLE: dict[type[types.Type], str] = {
    types.IntType: "integer",
    types.FloatType: "number",
    types.StrType: "text",
    types.BoolType: "true or false",
    types.NoneType: "null",
    types.AnyType: "anything",
}


def cell(text: str) -> str:
    """Return ``text`` as one cell of a table, with code marked as Markdown does."""
    return " ".join(text.split()).replace("``", "`").replace("|", r"\|")


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table; cells are escaped already."""
    header = tuple(header)
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def summary(struct: Struct) -> str:
    """Return what the docstring of ``struct`` says before it comes to single fields."""
    return cell((inspect.getdoc(struct) or "").partition("\nAttributes:")[0])


def meanings(struct: Struct) -> dict[str, str]:
    """Return what the docstring of ``struct`` says about single fields."""
    attributes = (inspect.getdoc(struct) or "").partition("\nAttributes:")[2]
    return {name: cell(text) for name, text in _ATTRIBUTE.findall(attributes)}


def fields(struct: Struct, leave_out: Iterable[str] = ()) -> str:
    """Return the table of the fields of ``struct``, or an empty text if it has none."""
    said, hidden = meanings(struct), set(leave_out)
    rows = [
        (f"`{field.name}`", type_name(field.type), _absent(field), said.get(field.name, ""))
        for field in _struct_type(struct).fields
        if field.name not in hidden
    ]
    return table(("field", "type", "when absent", "what it says"), rows) if rows else ""


def fields_in_words(struct: Struct, leave_out: Iterable[str] = ()) -> str:
    """Return the fields of ``struct`` as one cell of a table."""
    said, hidden = meanings(struct), set(leave_out)
    found = (field for field in _struct_type(struct).fields if field.name not in hidden)
    shown = (f"`{field.name}` ({type_name(field.type)}) {said.get(field.name, '')}" for field in found)
    return "; ".join(words.strip().removesuffix(".") for words in shown)


def type_name(kind: types.Type) -> str:
    """Return a type in words; structs link to their own section."""
    if isinstance(kind, types.StructType):
        name = kind.cls.__name__
        return f"[{name}](#{name.lower()})"
    if isinstance(kind, types.LiteralType):
        return ", ".join(f"`{value}`" for value in sorted(map(str, kind.values)))
    if isinstance(kind, types.VarTupleType):
        return f"list of {type_name(kind.item_type)}"
    if isinstance(kind, types.TupleType):
        return f"[{', '.join(map(type_name, kind.item_types))}]"
    if isinstance(kind, types.DictType):
        return f"object of {type_name(kind.value_type)}"
    if isinstance(kind, types.UnionType):
        return " or ".join(map(type_name, kind.types))
    return _SIMPLE[type(kind)]


def nested(structs: Iterable[Struct]) -> list[Struct]:
    """Return ``structs`` and every struct inside them, each once, where it is first met."""
    found: dict[Struct, None] = {}
    waiting = list(structs)
    while waiting:
        struct = waiting.pop(0)
        if struct not in found:
            found[struct] = None
            inside = (inner for field in _struct_type(struct).fields for inner in _inside(field.type))
            waiting[:0] = inside
    return list(found)


def _inside(kind: types.Type) -> Iterator[Struct]:
    match kind:
        case types.StructType(cls=struct):
            yield struct
        case types.VarTupleType(item_type=item):
            yield from _inside(item)
        case types.TupleType(item_types=items) | types.UnionType(types=items):
            for item in items:
                yield from _inside(item)
        case _:
            return


def _struct_type(struct: Struct) -> types.StructType:
    kind = types.type_info(struct)
    if not isinstance(kind, types.StructType):
        raise TypeError(f"{struct.__name__} is no message type")
    return kind


def _absent(field: types.Field) -> str:
    """Return what a reader takes a missing field for."""
    if field.required:
        return "never"
    return cell(f"`{msgspec.json.encode(field.default).decode()}`")
