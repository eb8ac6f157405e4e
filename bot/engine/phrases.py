"""What the engine itself says above a screen, each under a key that may be stored."""

from bot.language.say import Say

LEADS = {
    "unmatched": Say(
        "I am a simple program and may have misread you. "
        "Please use a button, its number or its words. Type “Tirek” to see numbers to call."
    ),
    "wordless": Say("I read only words and buttons. I do not open pictures, voices or files."),
    "old": Say("That button was an old one. You are here now:"),
    "unknown_town": Say(
        "I do not know this place. Try its name in another way, or choose your region below."
    ),
    "far_from_country": Say(
        "That point is far from any place I know in the country you chose. I have not kept it. "
        "Choose your region below, or change the country."
    ),
    "town_taken": Say("Place: {place}"),
    "misheard": Say("I am sorry, I misunderstood. You are here again:"),
    "phrase_short": Say("This is too short or too long. Please choose another phrase."),
    "phrase_known": Say(
        "The quiz is not shown yet. Others may type this by chance: please choose another phrase."
    ),
    "phrase_differs": Say("That was not the same phrase. Please begin again."),
    "cover_down": Say("Done. The quiz is not shown any more."),
    "words_old": Say(
        "These words do not work any more. Get new ones on the phone that showed these."
    ),
    "for_older": Say("That quiz is for older players. Here are others."),
    "nothing_due": Say("Nothing is to be repeated there now. Here are all quizzes."),
    "remembered": Say("Done. From now on your progress is remembered."),
    "unremembered": Say("Done. Your progress is forgotten."),
    "subscribed": Say("Done. From now on you get news. You can leave at any time."),
    "news_changed": Say("Done. I have changed this."),
    "passed_on": Say("Thank you. Your question goes to the team without your name."),
    "only_words": Say(
        "I did not pass this on and removed it from this chat. Please write it in words only: no "
        "picture, no link, no name of an account, no phone number."
    ),
    "question_short": Say(
        "I did not pass this on and removed it from this chat. Please write your question as a whole "
        "sentence. Do you need help yourself? The button below leads on."
    ),
    "question_long": Say(
        "I did not pass this on and removed it from this chat. It is too long: 500 characters fit."
    ),
    "asked_enough": Say(
        "I did not pass this on and removed it from this chat. Three questions are enough for one "
        "time."
    ),
    "text_long": Say("I have not taken this: it is too long."),
    "text_telling": Say(
        "I have not taken this: its first 100 characters say what it is about. Begin in a neutral "
        "way."
    ),
    "text_leading": Say(
        "I have not taken this. Please write only words: no picture, no link, no name of an "
        "account, no phone number."
    ),
    "text_button": Say("I have not taken this: a line of it looks like a button."),
    "text_empty": Say("I have not taken this: there are no words in it."),
    "picture_no_room": Say(
        "I have not taken the picture: a text is too long to stand below it. Shorten the text "
        "first."
    ),
    "reported": Say("Thank you. Your numbers are counted."),
    "tap_answer": Say("Please tap a button, or type its number."),
    "nobodys_words": Say(
        "Nobody who waits has these words. Listen again. If they still differ, somebody else has "
        "used the link: do not confirm."
    ),
    "confirmed": Say("Done. From now on this person works with us."),
    "team_left": Say("Done. You have left the team. Thank you for what you did."),
    "country_first": Say(
        "I have not kept the point you sent. Please choose your country first, then send it again."
    ),
}
"""Keys for `Show.lead`; an unknown or empty key says nothing. `{place}` is the town she named."""

UNABLE = Say("I cannot answer just now. I will answer as soon as I can. In danger, call:")
INTERRUPTED = Say("The program stopped for a moment. Tap to go on.")
CONTINUE = Say("Continue")
REMOVE_CARD = Say("Remove this message")
