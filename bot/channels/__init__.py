"""The ways in and out: each decodes what a person did and shows her what was decided."""
