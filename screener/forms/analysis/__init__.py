"""Logic checks: what a rule can come to at all, found by searching over answers; each finding brings its witness."""
