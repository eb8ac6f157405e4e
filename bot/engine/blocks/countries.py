"""The countries by their code."""

from bot.language.say import Say

NAMES = {
    "kz": Say("Kazakhstan"),
    "kg": Say("Kyrgyzstan"),
    "tj": Say("Tajikistan"),
    "uz": Say("Uzbekistan"),
}
"""What each is called."""
