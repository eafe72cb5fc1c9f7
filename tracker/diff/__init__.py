"""Comparing: Law × Law → Changes. Floor 2; knows no git and no files.

`sides` takes a law apart, `align` finds who is who, `redline` which words changed, `changes`
puts it together, `patch` applies the result to the old law again.
"""
