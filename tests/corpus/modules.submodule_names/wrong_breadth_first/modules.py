from collections import deque


def submodule_names(model, deep):
    names = []
    seen = {model}
    queue = deque([("", model)])
    while queue:
        prefix, module = queue.popleft()
        for name, child in module.named_children():
            if child in seen:
                continue
            seen.add(child)
            names.append(prefix + name)
            if deep:
                queue.append((prefix + name + ".", child))
    return names
