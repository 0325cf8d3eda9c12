"""What a satellite sees and who sees it: passes, lighting, imaging, coverage, contacts."""
