"""FHIR R4: a signed record as one document Bundle, and our own Bundle read back."""
