"""Plain frozen data that every stage shares, and how it is put into words.

Imports no other package.
"""
