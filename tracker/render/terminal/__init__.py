"""What a terminal shows, a module a view. Floor 4; on rich, which nothing beside it imports.

`console` is what all views share.
"""
