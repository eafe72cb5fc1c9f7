"""What a change does in law, beside its words; found when a view asks for it.

Floor 2. `words` and `slots` find the places that two texts share, `rules` says which were filled
anew, the others know one kind of effect each; `model` holds the values.
"""
