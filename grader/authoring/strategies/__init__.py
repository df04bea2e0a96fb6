"""The authors' vocabulary: input spaces for a probe's arguments.

Every function here returns an immutable description; nothing is drawn, and neither torch nor Hypothesis is imported,
until a bank of examples is made. Any Hypothesis strategy may stand in their place.
"""

from grader.authoring.strategies.containers import lists_of, records, tuples_of
from grader.authoring.strategies.dependent import custom, derived
from grader.authoring.strategies.drawing import (
    sample as sample,  # not in __all__: for documentation and tests, not for checks.py
)
from grader.authoring.strategies.files import csv_files, image_folders, segmentation_folders
from grader.authoring.strategies.images import boolean_masks, ids_image
from grader.authoring.strategies.indices import axis_of, gather_index, index_tensor, lengths, select_index
from grader.authoring.strategies.networks import modules
from grader.authoring.strategies.numeric import arrays, increasing, tensors
from grader.authoring.strategies.scalars import booleans, choices, floats, integers, just, seeds, size_of, text_words

__all__ = [
    "arrays",
    "axis_of",
    "boolean_masks",
    "booleans",
    "choices",
    "csv_files",
    "custom",
    "derived",
    "floats",
    "gather_index",
    "ids_image",
    "image_folders",
    "increasing",
    "index_tensor",
    "integers",
    "just",
    "lengths",
    "lists_of",
    "modules",
    "records",
    "seeds",
    "segmentation_folders",
    "select_index",
    "size_of",
    "tensors",
    "text_words",
    "tuples_of",
]
