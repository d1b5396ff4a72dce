"""One vault per released version of the tables, as that version wrote it; each opens in every later one."""
