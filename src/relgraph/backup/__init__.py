"""Backup: everything that a graph holds as lines of text that diff well, and a graph again from them, on any engine."""
