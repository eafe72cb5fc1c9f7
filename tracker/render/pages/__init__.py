"""The pages of the site: values → HTML, a module a kind of page. Floor 4; knows no MkDocs, no disk.

`html` escapes and builds, `frame` is what every page shares, `story` is what a page is made of.
"""
