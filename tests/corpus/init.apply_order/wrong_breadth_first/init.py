def apply_order(model):
    level, levels = [model], []
    while level:
        levels.append([type(m).__name__ for m in level])
        level = [c for m in level for c in m.children()]
    return [n for names in reversed(levels) for n in names]
