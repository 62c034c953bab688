"""From the Department's files to a place, school by school."""
