"""Results in the formats of other systems, a module a format: they format one sheet of scores and compute nothing."""
