"""What a person does, through the real window: keys go in, screen and PDF are read. An import contract guards it."""
