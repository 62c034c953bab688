"""Reading the Department's own files: recognised by their columns, cleaned, every cell accounted for."""
