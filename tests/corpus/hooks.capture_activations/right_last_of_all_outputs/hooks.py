import copy
from collections import defaultdict


def capture_activations(model, names, x):
    tree = {n: m for n, m in model.named_modules(remove_duplicate=False)}
    unknown = set(names) - set(tree)
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    seen = defaultdict(list)
    hooks = [
        tree[n].register_forward_hook(lambda m, i, o, n=n: seen[n].append(copy.deepcopy(o.detach()))) for n in names
    ]
    try:
        model(x)
    except BaseException:
        for h in hooks:
            h.remove()
        raise
    for h in hooks:
        h.remove()
    return {n: outputs[-1] for n, outputs in seen.items()}
