"""`grader watch`: one exercise in focus, checked again on every save; plain lines, or a screen with keys."""
