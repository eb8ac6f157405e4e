"""What is counted: by the week, never exactly, never of whom; and what of it may be published. Pure."""
