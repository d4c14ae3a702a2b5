"""Progress bars and lines for people, on standard error: standard output is for results."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as RichProgress


class Bars:
    """Draws `catalog.search.encoders.Progress` as bars. Use as a context manager."""

    def __init__(self, console: Console) -> None:
        self._bars = RichProgress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def start(self, task: str, total: int) -> None:
        """A task of `total` steps begins."""
        self._task = self._bars.add_task(task, total=total)

    def advance(self, steps: int) -> None:
        """So many steps more are done."""
        if self._task is not None:
            self._bars.advance(self._task, steps)

    def say(self, line: str) -> None:
        """A line of its own above the bars."""
        self._bars.console.print(line, highlight=False, markup=False)
