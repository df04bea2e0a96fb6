from collections import defaultdict
from functools import partial


def _append(store, name, module, args, output):
    store[name].append(output.data.clone())


def capture_activations(model, names, x):
    every = {name: module for name, module in model.named_modules()}
    missing = set(names) - set(every)
    if missing:
        raise KeyError(*sorted(missing))
    store = defaultdict(list)
    handles = [every[name].register_forward_hook(partial(_append, store, name)) for name in names]
    try:
        model(x)
    finally:
        for handle in handles:
            handle.remove()
    return {name: outputs[-1] for name, outputs in store.items()}
