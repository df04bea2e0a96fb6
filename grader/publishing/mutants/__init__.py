"""Do the graders bite? Changes each reference in one place, again and again, and sees whether an exercise notices."""
