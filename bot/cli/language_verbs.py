"""`pairwell understand`, `search` and `recommend`: one file in, one file out, nothing learned from it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Annotated

import typer

from actions.settings import REPOSITORY
from bot.cli.frame import FAILED, environment, errors, existing_file, guarded, settings_for, written_whole
from bot.cli.progress import Bars
from bot.supervisor import prepare
from bot.supervisor.children import RASA_PYTHON, child_environment
from catalog.complements.batch import recommend_file
from catalog.encoder.onnx_encoder import OnnxEncoder
from catalog.search.batch import search_file
from catalog.search.index_files import file_digest

InOption = Annotated[Path, typer.Option("--in", metavar="FILE", help="JSON lines to read.")]
OutOption = Annotated[Path, typer.Option("--out", metavar="FILE", help="JSON lines to write.")]
ProductsOption = Annotated[Path, typer.Option("--products", metavar="FILE", help="products.csv, .tsv or .xml, or .gz.")]
OrdersOption = Annotated[Path, typer.Option("--orders", metavar="FILE", help="orders.csv or .gz.")]


@guarded
def understand(in_file: InOption, out_file: OutOption) -> None:
    """Say what the language understanding makes of each utterance."""
    existing_file(in_file, "--in")
    settings = settings_for()
    encoder = prepare.encoder(settings)
    model = prepare.train(settings, environment(), encoder, errors().print)
    command = [str(RASA_PYTHON), "-m", "bot.nlu.parse", "--model", str(model)]
    files = ["--in", str(in_file.resolve()), "--out", str(out_file.resolve())]
    variables = child_environment(settings, environment(), {"PAIRWELL_ENCODER": str(encoder)})
    done = subprocess.run([*command, *files], cwd=REPOSITORY, env=variables, check=False)
    if done.returncode:
        raise typer.Exit(done.returncode if done.returncode in (1, 2) else FAILED)


@guarded
def search(products: ProductsOption, in_file: InOption, out_file: OutOption) -> None:
    """Rank the products for each query."""
    existing_file(products, "--products")
    existing_file(in_file, "--in")
    settings = settings_for()
    # The same products again are not embedded again; nothing but their file goes into their folder.
    home = settings.home / "search" / file_digest(products)[:16]
    encoder = OnnxEncoder(prepare.encoder(settings))
    with written_whole(out_file) as partial, Bars(errors()) as bars:
        search_file(products, in_file, partial, encoder=encoder, home=home, progress=bars, say=errors().print)


@guarded
def recommend(
    orders: OrdersOption,
    products: ProductsOption,
    in_file: InOption,
    out_file: OutOption,
    candidates: Annotated[
        Path | None, typer.Option("--candidates", metavar="FILE", help="Product ids to choose from, one a line.")
    ] = None,
    no_history: Annotated[bool, typer.Option("--no-history", help="Take no notice of who the customer is.")] = False,
) -> None:
    """Rank what goes with each basket."""
    for path, option in ((orders, "--orders"), (products, "--products"), (in_file, "--in")):
        existing_file(path, option)
    if candidates is not None:
        existing_file(candidates, "--candidates")
    with written_whole(out_file) as partial, Bars(errors()) as bars:
        recommend_file(
            orders, products, in_file, partial, candidates=candidates, use_history=not no_history, progress=bars
        )
