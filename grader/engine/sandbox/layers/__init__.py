"""The layers of the lock-down, one module each. Each raises `OSError` where the host refuses it."""
