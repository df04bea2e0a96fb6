"""A small assembler for the classic BPF programs that seccomp runs."""

from __future__ import annotations

import errno
import struct
from collections.abc import Iterable, Mapping

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false, constant."""
Program = list[Instruction]

ALLOW = 0x7FFF0000
FAIL = 0x00050000
KILL = 0x80000000

_LOAD_WORD = 0x20
_RETURN = 0x06
_JUMP_IF_EQUAL = 0x15
_JUMP_IF_AT_LEAST = 0x35
_JUMP_IF_ANY_BIT = 0x45

_OFFSET_NUMBER = 0
_OFFSET_ARCHITECTURE = 4


def _argument(index: int) -> Instruction:
    return (_LOAD_WORD, 0, 0, 16 + 8 * index)


def _argument_high(index: int) -> Instruction:
    return (_LOAD_WORD, 0, 0, 20 + 8 * index)


def _give(value: int) -> Instruction:
    return (_RETURN, 0, 0, value)


def fail_always(number: int) -> Program:
    """A rule: the call fails with this error number."""
    return [_give(FAIL | number)]


def fail_unless_flag(index: int, flag: int) -> Program:
    """A rule: the call needs one of these bits in an argument."""
    return [_argument(index), (_JUMP_IF_ANY_BIT, 1, 0, flag), _give(FAIL | errno.EPERM), _give(ALLOW)]


def fail_with_flag(index: int, flag: int) -> Program:
    """A rule: the call may have none of these bits in an argument."""
    return [_argument(index), (_JUMP_IF_ANY_BIT, 0, 1, flag), _give(FAIL | errno.EPERM), _give(ALLOW)]


def allow_values(index: int, values: Iterable[int], *, but: bool = False, high: bool = False) -> Program:
    """A rule: an argument must be one of these values (or, with `but`, none of them).

    Only the low 32 bits are compared; `high` asks that the upper ones be zero.
    """
    wanted = list(values)
    hit, miss = (FAIL | errno.EPERM, ALLOW) if but else (ALLOW, FAIL | errno.EPERM)
    rule: Program = []
    if high:
        rule += [_argument_high(index), (_JUMP_IF_EQUAL, 1, 0, 0), _give(FAIL | errno.EPERM)]
    rule.append(_argument(index))
    for value in wanted:
        rule += [(_JUMP_IF_EQUAL, 0, 1, value), _give(hit)]
    return [*rule, _give(miss)]


def assemble(architecture: int, foreign_bit: int | None, rules: Mapping[int, Program]) -> bytes:
    """Return the program: kill on another architecture, apply each call's rule, allow the rest.

    Calls with `foreign_bit` in their number (a second calling convention of the machine) fail.
    """
    program: Program = [
        (_LOAD_WORD, 0, 0, _OFFSET_ARCHITECTURE),
        (_JUMP_IF_EQUAL, 1, 0, architecture),
        _give(KILL),
        (_LOAD_WORD, 0, 0, _OFFSET_NUMBER),
    ]
    if foreign_bit is not None:
        program += [(_JUMP_IF_AT_LEAST, 0, 1, foreign_bit), _give(FAIL | errno.EPERM)]
    for number, rule in rules.items():
        program += [(_JUMP_IF_EQUAL, 0, len(rule), number), *rule]
    program.append(_give(ALLOW))
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in program)
