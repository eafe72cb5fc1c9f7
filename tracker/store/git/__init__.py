"""All that goes to git and comes from it. Floor 3; `process` alone runs it.

`repository` reads objects and appends commits, `history` tells the past, `trees` and `index` are
what both are kept in.
"""
