"""The results store: every verdict by the content that it depends on, kept the moment it is made, with its history."""
