"""Two tables about the judging of numbers: right answers in other styles, and planted numerical faults."""
