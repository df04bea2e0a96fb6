"""torchvision is imported without torch's compiler, and whoever wants the compiler afterwards gets it."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys
from grader.course.eager import without_compiler
with without_compiler():
    import torchvision.transforms.v2, torchvision.models
import torch
assert not any(name.startswith("torch._dynamo") for name in sys.modules), "the compiler was loaded"
boxes = torch.tensor([[0.0, 0.0, 0.0, 2.0, 2.0]])
assert torchvision.ops.roi_align(torch.ones(1, 1, 4, 4), boxes, 2).shape == (1, 1, 2, 2)
image = torchvision.tv_tensors.Image(torch.arange(3.0).view(1, 1, 3))
flipped = torchvision.transforms.v2.RandomHorizontalFlip(1.0)(image)
assert flipped.tolist() == [[[2.0, 1.0, 0.0]]]
assert torch.compiler.disable(len)([1]) == 1
assert torch._dynamo.__file__ and sys.modules["torch._dynamo"] is torch._dynamo
with without_compiler():  # loaded: left alone
    assert torch._dynamo.__file__
"""


def test_torchvision_comes_without_the_compiler_and_the_compiler_afterwards() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
