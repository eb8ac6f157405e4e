"""What can go wrong, as the person who must act on it sees it.

Each docstring is the remedy. A person who chats never meets any of these: she is asked again,
kindly. An author meets `ContentError`, an operator all the others.
"""


class TirekError(Exception):
    """The root of every error we raise on purpose; the text says what to do."""


class SettingsError(TirekError):
    """Mend `bot.yaml`, the environment or the named secret file, then start again."""


class UnsafeSettingsError(SettingsError):
    """Close what stands open (a readable token, a webhook without a secret), then start again."""


class ContentError(TirekError):
    """Mend the listed places in `content/` or `locales/`; the last good content keeps serving."""


class CatalogueError(ContentError):
    """Mend the named line of the catalogue in `locales/`, or run `tirek words update`."""


class PictureError(ContentError):
    """Shorten the text: even in the smallest letters that can be read it has no room."""


class StoreError(TirekError):
    """Check that the disk has room and the database answers; nothing was confirmed or lost."""


class KeyMissingError(StoreError):
    """The key directory no longer holds this key: what it protected is gone, as promised."""


class ChannelError(TirekError):
    """Check the token, the network and the Bot API address; what waits is kept and sent later."""
