"""The examples of an exercise and what is expected of them: drawn, kept between runs, frozen for students."""
