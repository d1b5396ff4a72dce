"""The screen in the patient's own hands: how it is handed over, what stands on it there, and how it comes back."""
