"""What a person typed means: normalisation and, with it, everything that compares words. Pure."""
