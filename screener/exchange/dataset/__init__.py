"""Many records as one data set: a row per screening, a row per medicine, a codebook, and counts of what was said."""
