"""How a course proves itself, a module each: a function from an open course to items."""
