"""What runs inside the locked-down process: executes a submission, calls probes on it, tells what happened.

Nothing here holds an expectation. A submission shares this process, so nothing here is believed
beyond what its inert answers say.
"""
