"""Hazard notices: texts that close an area of sea or air for a launch."""
