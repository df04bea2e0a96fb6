"""What runs in a continuous integration: what changed, where annotations go, what decides the exit code."""
