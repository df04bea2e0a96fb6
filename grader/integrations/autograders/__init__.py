"""What runs inside other systems' autograders: one submission in, that system's results file out, again and again."""
