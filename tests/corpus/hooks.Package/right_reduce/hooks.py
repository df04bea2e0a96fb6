from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any, Callable


@dataclass(eq=False)
class _Hook:
    call: Callable[[Any], Any]
    home: list = field(repr=False)

    def __call__(self, value):
        new = self.call(value)
        return value if new is None else new

    def remove(self):
        if self in self.home:
            self.home.remove(self)


class Package:
    def __init__(self, programs) -> None:
        self._programs = tuple(programs)
        self._pre: list[_Hook] = []
        self._post: list[_Hook] = []
        self.add_pre_hook = partial(self._add, self._pre)
        self.add_hook = partial(self._add, self._post)

    @staticmethod
    def _add(home, f):
        home.append(_Hook(f, home))
        return home[-1]

    def _step(self, value, program):
        value = reduce(lambda v, hook: hook(v), self._pre[:], value)
        return reduce(lambda v, hook: hook(v), self._post[:], program(value))

    def __call__(self, x):
        return reduce(self._step, self._programs, x)
