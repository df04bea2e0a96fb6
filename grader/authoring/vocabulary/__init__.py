"""What probes use inside the runner: modules built from plain data, hooks and state looked at, files written.

Torch and PIL are imported when something is built, not before.
"""

from grader.authoring.vocabulary.build import build
from grader.authoring.vocabulary.calls import (
    comes_from_function,
    gradients,
    is_autograd_function,
    iterable,
    leaf,
    raised,
)
from grader.authoring.vocabulary.files import write_csv, write_images
from grader.authoring.vocabulary.hooks import Bystanders, hooks_on
from grader.authoring.vocabulary.lifecycle import forward_backward, modules_built, train_step
from grader.authoring.vocabulary.loading import as_tensors, epochs, fresh_folder, items_by_index, items_by_iteration
from grader.authoring.vocabulary.randomness import generators_at, not_uniform
from grader.authoring.vocabulary.state import fill, registered, save_and_load, snapshot

__all__ = [
    "Bystanders",
    "as_tensors",
    "build",
    "comes_from_function",
    "epochs",
    "fill",
    "forward_backward",
    "fresh_folder",
    "generators_at",
    "gradients",
    "hooks_on",
    "is_autograd_function",
    "items_by_index",
    "items_by_iteration",
    "iterable",
    "leaf",
    "modules_built",
    "not_uniform",
    "raised",
    "registered",
    "save_and_load",
    "snapshot",
    "train_step",
    "write_csv",
    "write_images",
]
