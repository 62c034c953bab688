"""Configuration and data turned into what the model needs."""
