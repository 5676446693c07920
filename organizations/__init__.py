"""Bodies, people and the posts they hold."""
