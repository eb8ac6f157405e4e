"""The commands with more than one verb: parse, call what does the work, print."""
