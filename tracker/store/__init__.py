"""The store: values ⇄ the git repository around ``versions/``.

Floor 3. `versions.Store` saves, lists and loads; `ingest` reads a source into it; `history` follows
one provision through all versions. Only `git` talks to git.
"""
