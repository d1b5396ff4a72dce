"""A Questionnaire of another system becomes a theme of a clinic's local pack. Nothing is ever fetched for it."""
