"""What operators and authors ask and note: each command parses, calls what does the work, prints.

What only commands do stands beside them; the work of the house stands in its own rooms.
"""
