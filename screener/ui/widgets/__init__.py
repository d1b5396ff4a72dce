"""Base widgets: they know how to look and to be reached, and no question, flag or record."""
