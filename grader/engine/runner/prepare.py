"""What the zygote loads before it forks, so that no runner loads it again: probes and decoded examples."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.authoring.exercises import Probe
from grader.engine.runner.call import expect_untouched
from grader.engine.runner.inputs import Inputs
from grader.records.observations import decode_example

_decode_inputs = msgspec.msgpack.Decoder(dict[str, list[bytes]]).decode


@dataclasses.dataclass
class Prepared:
    """Probes by id, and each probe's examples as decoded inputs."""

    probes: dict[str, Probe]
    examples: dict[str, list[bytes]] = dataclasses.field(default_factory=dict)
    inputs: dict[tuple[str, str], list[Inputs]] = dataclasses.field(default_factory=dict)

    def add_inputs(self, path: Path) -> None:
        """Read examples written by `grader.judging.examples.cache.write_inputs` and decode them."""
        for probe_id, examples in _decode_inputs(Path(path).read_bytes()).items():
            self.examples[probe_id] = examples
            inputs = self.inputs[probe_id, "cpu"] = [Inputs(decode_example(example)) for example in examples]
            for one in inputs:
                expect_untouched(one.example.seed)

    def lookup(self, probe_id: str, device: str) -> list[Inputs]:
        """Return a probe's inputs on a device; those of other devices than the CPU are made at first use."""
        key = (probe_id, device)
        if key not in self.inputs:
            examples = self.examples.get(probe_id, [])
            self.inputs[key] = [Inputs(decode_example(example), device) for example in examples]
        return self.inputs[key]


def prepare(checks: Iterable[tuple[str, Path]]) -> Prepared:
    """Load the probes of (assignment, path of its checks.py or hidden.py) pairs.

    Raises `AuthorError` when such a file raises.
    """
    from grader.course.loading import load_probes

    probes: dict[str, Probe] = {}
    for assignment, path in checks:
        for probe in load_probes(assignment, Path(path)):
            probes[probe.id] = probe
    return Prepared(probes)
