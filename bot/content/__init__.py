"""What authors wrote: frozen types, the YAML loader and the proofs over the whole content."""
