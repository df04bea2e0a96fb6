"""An engine for the sandbox's own tests: it runs whatever Python it is sent."""
