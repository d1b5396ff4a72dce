"""A whole screening by what a screen reader is given: another process, which speaks nothing but AT-SPI."""
