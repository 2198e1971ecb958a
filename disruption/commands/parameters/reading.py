"""From the signature of a plain function to the parameters of a command."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, Final, get_origin

from ...errors import InvalidArgument
from ...types import UNSET
from ...types.rules.application_commands import check_option, check_together
from ..errors import definition_error
from .docstrings import read_docstring
from .hints import peel, resolve, shown
from .kind import Kind
from .kinds import Marks, item_of, kind_of, marks_of, union_kind
from .marks import Autocomplete, Description, Localized, Name
from .names import fit_description, option_name, words
from .parameter import Consumes, Parameter

__all__ = ["read_parameters"]

_Given = inspect.Parameter
_FILE: Final = 11


def read_parameters(
    function: Callable[..., Any],
    *,
    skip: int = 1,
    slash: bool = True,
    descriptions: Mapping[str, str] | None = None,
    localizations: Mapping[str, Localized] | None = None,
    names: Mapping[str, Any] | None = None,
) -> list[Parameter]:
    """Return the parameters of a command's function, required ones first.

    What an argument is comes from its annotation, whether it is required from its default. Its
    description is that of ``Annotated[…, Description("…")]``, else of `descriptions`, else of
    the docstring (cut where it is longer than Discord takes), else its name in words.

    Args:
        function: The function. Its annotations may be texts.
        skip: How many arguments are no options: 1 for the context, 2 for self and the context.
        slash: Whether Discord is to take them as options. Lists, ``*args`` and unions that
            Discord does not have are for commands without.
        descriptions: What arguments are, by their Python name.
        localizations: Translations, by the Python name.
        names: Names that annotations may use besides those that the function knows.

    Raises:
        CommandDefinitionError: Something that Discord does not take, or a parameter that
            cannot be understood; with the function's file and line.
    """
    given = _signature(function, skip)
    told = read_docstring(function)[1]
    _check_names(function, descriptions, given, "description")
    _check_names(function, localizations, given, "translation")
    parameters: list[Parameter] = []
    options: list[dict[str, Any]] = []
    files = 0
    for one in given:
        annotation = _annotation(function, one, names)
        try:
            parameter = _read(one, annotation, slash, files)
            _describe(parameter, marks_of(peel(annotation)[1]), descriptions, told)
            if localizations is not None and one.name in localizations:
                _localize(parameter, localizations[one.name])
            if slash:
                option = parameter.to_option()
                check_option(option)
                options.append(option)
        except InvalidArgument as error:
            raise definition_error(f"parameter {one.name}: {error}", function) from error
        files += parameter.kind == _FILE
        parameters.append(parameter)
    if parameters and parameters[-1].keyword_only and parameters[-1].consumes == "word":
        parameters[-1].consumes = "rest"
    parameters.sort(key=lambda parameter: not parameter.required)  # stable: as Discord wants it
    options.sort(key=lambda option: not option.get("required"))
    try:
        check_together(options)
    except InvalidArgument as error:
        raise definition_error(str(error), function) from error
    return parameters


def _signature(function: Callable[..., Any], skip: int) -> list[_Given]:
    try:
        given = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError) as error:
        raise definition_error(f"a command must be a function: {error}", function) from error
    leading = [one.kind in (_Given.POSITIONAL_ONLY, _Given.POSITIONAL_OR_KEYWORD) for one in given]
    if len(given) < skip or not all(leading[:skip]):
        first = "self and the context" if skip > 1 else "the context"
        raise definition_error(
            f"a command's first parameter is {first}: def command(ctx: Context, …)", function
        )
    for one in given[skip:]:
        if one.kind is _Given.VAR_KEYWORD:
            raise definition_error(
                f"a command cannot take **{one.name}: write each option as a parameter", function
            )
        if one.kind is _Given.POSITIONAL_ONLY:
            raise definition_error(
                f"parameter {one.name} is positional-only: move the / before it away", function
            )
    return given[skip:]


def _check_names(
    function: Callable[..., Any], told: Mapping[str, Any] | None, given: list[_Given], what: str
) -> None:
    known = [one.name for one in given]
    for name in told or ():
        if name not in known:
            raise definition_error(
                f"there is a {what} for {name!r}, which is no parameter; it has "
                f"{', '.join(known) or 'none'}",
                function,
            )


def _annotation(function: Callable[..., Any], one: _Given, names: Mapping[str, Any] | None) -> Any:
    if one.annotation is _Given.empty:
        raise definition_error(
            f"parameter {one.name} has no annotation, so its type is not known: write "
            f"{one.name}: str (or int, bool, User, …)",
            function,
        )
    return resolve(function, one.name, one.annotation, names)


def _read(one: _Given, annotation: Any, slash: bool, files: int) -> Parameter:
    members, metadata, optional = peel(annotation)
    marks = marks_of(metadata)
    name = marks[Name].name if Name in marks else option_name(one.name)
    variadic = one.kind is _Given.VAR_POSITIONAL
    item = item_of(members[0]) if len(members) == 1 else None
    if slash and variadic:
        raise InvalidArgument(
            f"Discord has no *{one.name}: it needs a command with slash=False, written as text"
        )
    many = variadic or (item is not None and not slash)
    tupled = item is not None and get_origin(members[0]) is tuple
    if many and item is not None:
        members, inner, _ = peel(item)
        marks = {**marks_of(inner), **marks}
    kind = _kind(name, members, marks, slash, files)
    consumes: Consumes = "many" if many else "file" if kind.type == _FILE else "word"
    required = one.default is _Given.empty and not optional and not variadic
    parameter = Parameter(
        name=name,
        attribute=one.name,
        kind=None if many else kind.type,
        description="",
        accepts=kind.accepts,
        from_option=kind.from_option,
        from_text=kind.from_text,
        required=required,
        default=UNSET,
        optional=optional,
        annotation=annotation,
        choices=kind.choices,
        min_value=kind.min_value,
        max_value=kind.max_value,
        min_length=kind.min_length,
        max_length=kind.max_length,
        channel_types=kind.channel_types,
        file_types=kind.file_types,
        consumes=consumes,
        keyword_only=one.kind is _Given.KEYWORD_ONLY,
        variadic=variadic,
        tupled=tupled,
    )
    if not required:
        parameter.default = _default(one, kind, many, annotation)
    if Autocomplete in marks:
        parameter.complete_with(marks[Autocomplete].function)
    if Localized in marks:
        _localize(parameter, marks[Localized])
    return parameter


def _kind(name: str, members: tuple[Any, ...], marks: Marks, slash: bool, files: int) -> Kind:
    if slash or len(members) < 2:
        return kind_of(name, members, marks, files)
    try:
        return kind_of(name, members, marks, files)
    except InvalidArgument:
        return union_kind(name, members, marks, files)


def _default(one: _Given, kind: Kind, many: bool, annotation: Any) -> Any:
    """Return the default, refused where users could not give it themselves."""
    if one.default is _Given.empty:
        return [] if one.kind is _Given.VAR_POSITIONAL else None
    if one.default is not None and not many and not kind.holds(one.default):
        raise InvalidArgument(
            f"its default {one.default!r} is not what it takes, {kind.accepts} "
            f"({shown(annotation)})"
        )
    return one.default


def _describe(
    parameter: Parameter,
    marks: Marks,
    descriptions: Mapping[str, str] | None,
    told: Mapping[str, str],
) -> None:
    attribute = parameter.attribute
    if Description in marks:
        parameter.description = marks[Description].text
    elif descriptions and attribute in descriptions:
        parameter.description = descriptions[attribute]
    else:
        parameter.description = fit_description(told.get(attribute, "")) or words(attribute)


def _localize(parameter: Parameter, translations: Localized) -> None:
    parameter.name_localizations = {**parameter.name_localizations, **translations.name}
    parameter.description_localizations = {
        **parameter.description_localizations,
        **translations.description,
    }
