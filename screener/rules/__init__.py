"""The rule language: values, three-valued truth, expressions, evaluation and explanation."""
