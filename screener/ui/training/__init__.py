"""Pages of the training window. They know made-up patients, and no record of care."""
