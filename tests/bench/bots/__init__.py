"""Other bots, each as its makers' tutorials have it; run as programs with the double's address."""
