"""Places: published figures and synthetic schools."""
