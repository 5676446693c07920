"""What was published, and whether it still is what was published."""
