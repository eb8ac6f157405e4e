"""Campaigns go out: at an even pace, behind everybody who asked for help, to nobody who left."""
