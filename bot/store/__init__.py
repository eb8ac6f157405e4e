"""What is remembered, and for how long: pseudonyms, sealed addresses, one transaction a batch."""
