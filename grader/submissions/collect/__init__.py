"""Gathers submissions into `submitted/<student>/<assignment>/` and trusts nothing that lies in them.

A source (`exchange`, `zips`, `repositories`) yields what each student handed in as `records.Handed`; `place` decides
which files of it are kept and writes them; `gather` joins the two.
"""
