"""Lines and places: what may be shown, what is open now, what has grown too old. Pure."""
