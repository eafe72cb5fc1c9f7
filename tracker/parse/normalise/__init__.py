"""The characters of a source in canonical form; `rules` is the table, what is longer has a module.

Floor 1, behind extraction. Lines stay lines here.
"""
