"""Bans and needs, decided on the source of a submission: nothing here runs a student's code or imports torch."""
