"""The runner's loop: take a request, do it, answer. Ends when the judge hangs up."""

from __future__ import annotations

import importlib
import os
import resource
import socket
import sys
import time
from collections.abc import Sequence

import torch

from grader.authoring.exercises import Probe
from grader.engine import wire
from grader.engine.bans import analyse, parse
from grader.engine.bans.local_modules import modules_of, numbered, run_as_imports
from grader.engine.runner import call, threads, trace
from grader.engine.runner.capture import CappedText, install
from grader.engine.runner.convert import safe_text
from grader.engine.runner.devices import DeviceLost, is_lost
from grader.engine.runner.execute import Submission, execute
from grader.engine.runner.inputs import Inputs
from grader.engine.runner.measure import measure
from grader.engine.runner.prepare import Prepared
from grader.engine.runner.showing import showing
from grader.engine.runner.simulate import simulate
from grader.engine.runner.surroundings import Surroundings, cap_recursion, furnish, put_files
from grader.engine.runner.watch import Watch
from grader.engine.warmup import asks_compiler
from grader.records.observations import Meta, Observation, decode_example, encode_observation
from grader.records.simulations import encode_simulated

OUTPUT_LIMIT = 4000
"""Characters of a submission's output that are kept, of each example."""

# Bound before any submission is loaded, so that a patched module attribute does not reach them.
_encode, _decode, _send, _receive = wire.encode, wire.decode_request, wire.send_frame, wire.receive_frame


def serve(sock: socket.socket, prepared: Prepared) -> None:
    """Answer requests on `sock` until the other end closes it; then end the process without clean-up."""
    runner = _Runner(prepared, install(OUTPUT_LIMIT), sock)
    threads.install()
    cap_recursion()
    while True:
        try:
            frame = _receive(sock)
        except wire.WireClosed:
            os._exit(0)
        request = _decode(frame)
        try:
            frame = _encode(runner.answer(request))
        except (MemoryError, torch.OutOfMemoryError):
            frame = _encode(wire.Failed(request.id, "memory", ""))
        except Exception as error:  # noqa: BLE001 - ours or the author's: told to the judge, who decides
            frame = _encode(_failed(request, error))
        _send(sock, frame)


def _failed(request: wire.Request, error: Exception) -> wire.Failed:
    message = safe_text(error)
    if isinstance(error, DeviceLost) or is_lost(getattr(request, "device", "cpu")):
        return wire.Failed(request.id, "device", message)
    return wire.Failed(request.id, "ours", f"{type(error).__name__}: {message}")


class _Runner:
    def __init__(self, prepared: Prepared, output: CappedText, sock: socket.socket) -> None:
        self._prepared = prepared
        self._output = output
        self._sock = sock
        self._submission: Submission | None = None
        self._filename = ""
        self._surroundings = Surroundings(output)
        trace.remember_kernels()
        trace.listen()

    def answer(self, request: wire.Request) -> wire.Reply:
        if isinstance(request, wire.Read):
            return self._read(request)
        if isinstance(request, wire.Load):
            return self._load(request)
        probe = self._prepared.probes.get(request.probe)
        if probe is None or self._submission is None:
            return wire.Failed(request.id, "ours", f"nothing is loaded for probe {request.probe}")
        self._surroundings.put_back()  # before inputs are made: a default device left behind would be theirs
        if isinstance(request, wire.Measure):
            return self._measured(request, probe)
        if isinstance(request, wire.Simulate):
            return self._simulated(request, probe)
        if isinstance(request, wire.Replay):
            inputs: Sequence[Inputs] = self._prepared.lookup(request.probe, request.device)
            inputs = inputs[request.start : request.stop]
        else:
            inputs = [Inputs(decode_example(example), request.device) for example in request.examples]
            probe = showing(probe, request.show) if request.show else probe
        return self._results(request, probe, inputs)

    def _read(self, request: wire.Read) -> wire.Reply:
        if self._submission is not None:
            return wire.Failed(request.id, "ours", "a source is read before it is executed, never after")
        before = _peak()
        modules = modules_of(request.cells, request.files)
        source = parse(run_as_imports(request.cells, modules), modules, main=request.notebook)
        read = (
            analyse(source, one.names, one.bans, one.needs, rules=one.rules, given=request.given)
            for one in request.asked
        )
        found = tuple(numbered(one, len(request.cells)) for one in read)
        return wire.Readings(request.id, found, _peak() - before)

    def _load(self, request: wire.Load) -> wire.Reply:
        self._output.take()
        self._output.limit = request.output
        if asks_compiler(request.cells):
            importlib.import_module("torch._dynamo")  # loaded now, it takes no time of an example's
        start = time.perf_counter()
        torch.default_generator.manual_seed(request.seed)
        put_files(request.files)
        furnish(lambda: sys.modules[request.assignment].__dict__)
        self._submission, errors = execute(
            request, lambda *place: _send(self._sock, _encode(wire.Begun(request.id, *place)))
        )
        self._filename = request.filename
        names = tuple(name for name in self._submission._defined() if type(name) is str and not name.startswith("__"))
        meta = Meta(time.perf_counter() - start, self._output.take())
        return wire.Loaded(request.id, tuple(safe_text(name, 200) for name in names[:10_000]), errors, meta)

    def _measured(self, request: wire.Measure, probe: Probe) -> wire.Reply:
        """Answer what is asked of the reference alone."""
        assert self._submission is not None
        bodies = tuple(
            measure(probe, self._submission, decode_example(example), self._filename) for example in request.examples
        )
        self._output.take()
        return wire.Results(request.id, bodies, tuple(Meta() for _ in bodies))

    def _simulated(self, request: wire.Simulate, probe: Probe) -> wire.Reply:
        assert self._submission is not None
        bodies = tuple(
            encode_simulated(simulate(probe, self._submission, Inputs(one), self._filename))
            for one in map(decode_example, request.examples)
        )
        self._output.take()
        return wire.Results(request.id, bodies, tuple(Meta() for _ in bodies))

    def _results(self, request: wire.Replay | wire.Call, probe: Probe, inputs: Sequence[Inputs]) -> wire.Reply:
        assert self._submission is not None
        self._output.take()
        seed = inputs[0].example.seed if inputs else 0
        seeded = probe.policy.rng != "off"
        if seeded:
            call.seed_global_generators(seed)
        observations: list[Observation] = []
        metas: list[Meta] = []
        watch = Watch(request, self._filename)
        kept = watch.keeping(probe)
        with watch.batch():
            for one in inputs:
                during = watch.of(one.example.seed)
                observation, seconds = call.call_probe(kept, self._submission, one, self._filename, during, watch.back)
                observations.append(observation)
                metas.append(Meta(seconds, self._output.take(), *watch.seen()))
        moved = call.moved_global_generators(seed) if seeded else ()
        bodies = tuple(_body(observation, moved) for observation in observations)
        return wire.Results(request.id, bodies, tuple(metas))


def _peak() -> int:
    """Return the largest size in bytes that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _body(observation: Observation, moved: tuple[str, ...]) -> bytes:
    if moved:
        fields = {name: getattr(observation, name) for name in observation.__struct_fields__}
        observation = Observation(**{**fields, "rng_moved": (*observation.rng_moved, *moved)})
    try:
        return encode_observation(observation)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        return encode_observation(call.unsendable(error)[0])
