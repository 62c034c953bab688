"""The layout of a place file: a zip of one manifest and Parquet tables, with a version and checksums."""
