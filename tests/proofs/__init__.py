"""Proofs by number: what can go wrong around the records goes wrong here many times over, and what was lost is counted.

Each module below holds one proof, with a failure planted in it that its own check has to notice. The tests beside them
take a seeded sample; `python -m tests.proofs` takes them all and writes the table of the README.
"""
