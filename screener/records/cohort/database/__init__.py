"""A cohort whose table lies in a database: its rules are evaluated and counted there, and no record leaves it.

What is read here of the table are the different texts of each column that the map names, without whose they are: they
are read as the cells of a file are, and what they mean is laid beside the table as tables that go with the connection.
"""
