from __future__ import annotations

import heapq
import random
from itertools import islice


def bucket_batches(lengths: list[int], batch_size: int, seed: int) -> list[list[int]]:
    heap = [(length, index) for index, length in enumerate(lengths)]
    heapq.heapify(heap)
    rising = iter([heapq.heappop(heap)[1] for _ in range(len(heap))])
    draw = random.Random(f"buckets {seed}").random
    keyed = []
    while batch := list(islice(rising, batch_size)):
        keyed.append((draw(), batch))
    return [batch for _, batch in sorted(keyed)]
