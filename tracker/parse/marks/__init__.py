"""Lines → marks: what each begins with, which are one, and which only look like an article.

Floor 1, behind normalising. `kinds` reads a line by itself, `source` runs the steps that need its
neighbours, each a module.
"""
