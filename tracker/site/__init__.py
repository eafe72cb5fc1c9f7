"""The redline site: store → pages under ``site/docs/laws/`` → MkDocs.

Floor 5. `story` gathers what the pages of a law show, `build` writes the files and swaps the built
site in, `generator` runs MkDocs, `template` holds what a workspace needs besides.
"""
