"""What all verbs share: settings, errors without stack traces, exit codes.

Exit codes: 0 done, 1 failed, 2 wrong use. Errors go to standard error and name place and mend.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec, TypeVar

import typer
from rich.console import Console

from actions.settings import Settings, describe, load_settings, with_secret_key
from catalog.domain.errors import PairwellError, SettingsError

FAILED, WRONG_USE = 1, 2

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

ShopOption = Annotated[
    Path | None, typer.Option("--shop", metavar="DIR", help="The shop folder (default: the demo shop).")
]
PortOption = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="Port of the shop page (default: 8080).")
]


class WrongUse(PairwellError):
    """The command was called with something that it cannot take."""


def errors() -> Console:
    """Where messages for people go."""
    return Console(stderr=True, soft_wrap=True)


def guarded(command: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Turn errors that were foreseen into a message and an exit code."""

    @wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except (WrongUse, SettingsError) as error:
            raise _end(error, WRONG_USE) from None
        except PairwellError as error:
            raise _end(error, FAILED) from None
        except KeyboardInterrupt:
            raise typer.Exit(130) from None

    return run


def _end(error: PairwellError, code: int) -> typer.Exit:
    errors().print(f"pairwell: {error}", highlight=False, markup=False)
    return typer.Exit(code)


def environment() -> Mapping[str, str]:
    """This process's environment; the command line is the one place that reads it."""
    return os.environ


def settings_for(shop: Path | None = None, port: int | None = None) -> Settings:
    """Settings of this call, secret key included. Raises SettingsError."""
    return with_secret_key(load_settings(environment(), shop, port))


def settings_help() -> str:
    """The table of settings for `--help`."""
    rows = [f"{name}: {meaning} (default: {default})" for name, default, meaning in describe()]
    return "Settings, from the environment:\n\n" + "\n\n".join(rows)


def existing_file(path: Path, option: str) -> Path:
    """The path, or WrongUse when there is no such file."""
    if not path.is_file():
        raise WrongUse(f"{option}: there is no file {path}")
    return path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A temporary name beside `path` that takes its place when the block ends well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
