"""Tags: the words by which people are matched, one tag whatever the language or spelling."""
