"""Banks of examples, drawn once per course state and cached on disk.

The cache holds inputs alone. Its key is the content of everything that decides them: the checks file and the modules
of the author's it imports, the grader's own drawing code, the versions of numpy and Hypothesis, seed and count.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

import grader
from grader import __version__
from grader.authoring.exercises import Exercise, Probe
from grader.judging.examples.bank import Bank, draw_bank, example_strategy
from grader.records.writing import replace_file

__all__ = ["Bank", "banks_for", "draw_bank", "example_strategy", "write_inputs"]

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Bank).decode
_DIGEST = 32
_PACKAGE = Path(grader.__file__).parent


def banks_for(exercises: Iterable[Exercise], count: int, seed: int, cache_dir: Path | None) -> dict[str, Bank]:
    """Return the bank of every probe of these exercises by probe id, from the cache where it is there and intact.

    A probe's own number of examples takes precedence over `count`. Without a `cache_dir`, or when it cannot be
    written, everything is drawn. Raises `AuthorError` as `draw_bank` does.
    """
    probes = [probe for exercise in exercises for probe in exercise.probes]
    return {probe.id: _bank(probe, probe.examples or count, seed, cache_dir) for probe in probes}


def write_inputs(banks: Mapping[str, Bank], path: Path) -> None:
    """Write the examples of all banks for the zygote to preload: a msgpack map from probe id to encoded examples."""
    _write(path, _encode({name: list(bank.examples) for name, bank in banks.items()}))


def _bank(probe: Probe, count: int, seed: int, cache_dir: Path | None) -> Bank:
    sources = _sources(probe) if cache_dir is not None else None
    if cache_dir is None or sources is None:
        return draw_bank(probe, count, seed)
    path = cache_dir / f"{_key(probe, sources, count, seed)}.bank"
    cached = _read(path, probe.id)
    if cached is not None:
        return cached
    bank = draw_bank(probe, count, seed)
    body = _encode(bank)
    with contextlib.suppress(OSError):  # a cache that cannot be written only costs time
        cache_dir.mkdir(parents=True, exist_ok=True)
        _write(path, hashlib.sha256(body).digest() + body)
    return bank


def _read(path: Path, probe_id: str) -> Bank | None:
    """Return a cached bank, None when there is none or it is damaged: then it is drawn again."""
    try:
        content = path.read_bytes()
        if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
            return None
        bank = _decode(content[_DIGEST:])
    except (OSError, msgspec.DecodeError):
        return None
    return bank if bank.probe_id == probe_id else None


def _write(path: Path, content: bytes) -> None:
    """Write a whole file or none: readable by this user alone, since the seed's examples are secret for a term."""
    replace_file(path, content, private=True)


def _key(probe: Probe, sources: Iterable[Path], count: int, seed: int) -> str:
    digest = hashlib.sha256(f"{_engine()} {probe.id} {count} {seed}".encode())
    for path in sources:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:40]


def _sources(probe: Probe) -> list[Path] | None:
    """Return the author's files that decide a probe's examples, None when they cannot be told."""
    path = declaring_file(probe)
    if path is None or not probe.id:
        return None
    paths = {path}
    for thing in (probe.scope or probe.run.__globals__).values():
        own = own_file(thing)
        if own is not None:
            paths.add(own)
    return sorted(paths)


def declaring_file(probe: Probe) -> Path | None:
    """Return the author's file that declares a probe; None for one that was made elsewhere."""
    code = getattr(probe.run, "__code__", None)
    name = probe.scope.get("__file__") if code is None else code.co_filename
    return Path(name) if isinstance(name, str) and Path(name).is_file() else None


def own_file(thing: Any) -> Path | None:
    """Return the file of a module, or of the module a thing is from, unless it is installed."""
    module = thing if isinstance(thing, ModuleType) else sys.modules.get(getattr(thing, "__module__", None) or "")
    name = getattr(module, "__file__", None)
    if not isinstance(name, str) or not name.endswith(".py") or name.startswith(_installed()):
        return None
    path = Path(name)
    return path if path.is_file() else None


@functools.cache
def _installed() -> tuple[str, ...]:
    ours = str(_PACKAGE) + os.sep
    return (ours, *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")))


@functools.cache
def _engine() -> str:
    digest = hashlib.sha256()
    for path in _engine_files():
        digest.update(path.read_bytes())
    versions = [metadata.version(name) for name in ("hypothesis", "numpy")]
    return " ".join([__version__, *versions, digest.hexdigest()])


def _engine_files() -> Iterator[Path]:
    for name in ("judging/examples/bank", "authoring/exercises", "records/observations", "records/values"):
        yield _PACKAGE / f"{name}.py"
    yield from sorted((_PACKAGE / "authoring" / "strategies").glob("*.py"))
