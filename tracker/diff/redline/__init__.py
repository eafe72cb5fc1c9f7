"""Which words changed, so that a lawyer can read it. Floor 2; `draw` is the way in.

`tokens` cuts the texts, `shared` says what they share, `cleanup` and `islands` make the difference
readable, `moved_text` and `renumbered` tell what only changed its place or its number.
"""
