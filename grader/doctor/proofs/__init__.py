"""The proofs themselves; `grader.doctor.PROOFS` lists them."""
