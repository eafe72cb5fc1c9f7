"""The redline as a Word document: both texts in one, as revisions to accept or reject. Floor 4."""
