"""What the engine itself says above a screen, each under a key that may be stored."""

from bot.language.say import Say

LEADS = {
    "unmatched": Say(
        "I am a simple program and may have misread you. "
        "Please use a button, its number or its words. Help is one tap away."
    ),
    "wordless": Say("I read only words and buttons. I do not open pictures, voices or files."),
    "old": Say("That button was an old one. You are here now:"),
}
"""Keys for `Show.lead`; an unknown or empty key says nothing."""

UNABLE = Say("I cannot answer just now. I will answer as soon as I can. In danger, call:")
INTERRUPTED = Say("The program stopped for a moment. Tap to go on.")
CONTINUE = Say("Continue")
REMOVE_CARD = Say("Remove this message")
