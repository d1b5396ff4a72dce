"""The vault: encrypted, journaled, signed."""
