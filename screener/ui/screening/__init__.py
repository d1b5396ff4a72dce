"""The screens of one screening: interview, live list, review, signature."""
