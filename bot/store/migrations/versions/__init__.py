"""The steps. A step is frozen once released: it never imports today's tables."""
