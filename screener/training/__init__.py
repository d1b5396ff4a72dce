"""Made-up patients, never beside a vault."""
