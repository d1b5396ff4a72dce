"""How the window looks: one table of tokens, and the palette and style sheet made from it."""
