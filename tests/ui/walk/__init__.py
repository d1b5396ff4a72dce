"""A walk over everything the program says: every page of every pathway, the pages around them, the command line."""
