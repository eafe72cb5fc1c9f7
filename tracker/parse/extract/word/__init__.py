"""Word files (docx, docm, dotx) → lines as Word shows them: automatic numbers written out.

Floor 1, a format of `tracker.parse.extract`. The way: `package` (the zip, within limits) → `ooxml`
(its parts as trees) → `styles` and `numbering` (what a paragraph is numbered as) → `body` (lines) →
`apart` (footnotes, comments, headers, which are listed and not read). `reader` is the entry.
"""
