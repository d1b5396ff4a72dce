"""Content: packs of questions, rules and sources, read, checked and neutral."""
