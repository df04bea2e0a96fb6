"""Lets torchvision be imported without torch's compiler, which nothing here ever uses.

It asks the compiler to leave its functions alone, and for that loads it: a thousand modules, as many seconds as torch
itself takes, and 180 MiB. Whoever imports `torch._dynamo` afterwards gets it.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

_COMPILER = "torch._dynamo"


@contextlib.contextmanager
def without_compiler() -> Iterator[None]:
    """Put something in the compiler's place that leaves every function as it is, unless it is loaded already.

    >>> with without_compiler():
    ...     import torchvision
    """
    import torch

    if _COMPILER in sys.modules:
        yield
        return
    package, utils = ModuleType(_COMPILER), ModuleType(f"{_COMPILER}.utils")
    vars(package).update(__path__=[], utils=utils, disable=_as_it_is)
    vars(utils)["is_compile_supported"] = lambda device: False
    put = {_COMPILER: package, utils.__name__: utils}
    disable = torch.compiler.disable
    torch.compiler.disable = _as_it_is
    sys.modules.update(put)
    try:
        yield
    finally:
        torch.compiler.disable = disable
        for name, module in put.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]
        if vars(torch).get("_dynamo") is package:
            del torch._dynamo


def _as_it_is(function: Callable[..., Any] | None = None, *_: Any, **__: Any) -> Any:
    return function if function is not None else _as_it_is
