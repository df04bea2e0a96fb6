"""Releases for other systems, a module a system: what students get there, or what grades them there."""
