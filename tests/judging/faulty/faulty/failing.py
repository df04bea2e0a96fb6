"""Has the simulated device fail: an index out of range ends it for the process, large tensors take its memory."""

import torch

from grader.engine.runner import call, elsewhere, inputs, serve

_FAULT = "CUDA error: device-side assert triggered"
_MEMORY = 1_000_000
"""Elements that there is room for; what is taken stays taken."""
_TAKES_NONE = (torch.ops.aten.detach.default, torch.ops.aten._to_copy.default)
state = {"lost": False, "taken": 0}


def install():
    plain = elsewhere._run

    def run(func, args, kwargs):
        there = any(
            isinstance(one, elsewhere.Elsewhere) for one in elsewhere.tensors_in((args, tuple(kwargs.values())))
        )
        asked = kwargs.get("device")
        if not there and (asked is None or torch.device(asked).type != elsewhere.DEVICE.type):
            return plain(func, args, kwargs)
        if state["lost"]:
            raise RuntimeError(_FAULT)
        if func not in _TAKES_NONE:
            need_memory()
        try:
            made = plain(func, args, kwargs)
        except IndexError:
            state["lost"] = True
            raise RuntimeError(_FAULT) from None
        state["taken"] += sum(one.numel() for one in elsewhere.tensors_in(made) if one.numel() > _MEMORY // 2)
        return made

    place = inputs.placed

    def placed(tensor, device):
        need_memory()
        return place(tensor, device)

    elsewhere._run, inputs.placed = run, placed
    call.is_lost = serve.is_lost = lambda device: device == elsewhere.DEVICE.type and state["lost"]


def need_memory():
    if state["taken"] > _MEMORY:
        raise torch.OutOfMemoryError("CUDA out of memory")
