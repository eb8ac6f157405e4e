"""What the bot says about itself: commands, name, descriptions, menu button."""

from typing import Any

import msgspec

Params = dict[str, Any]


class Profile:
    """Values per language ("" is the default) and, for commands, per scope."""

    def __init__(self, bot: dict[str, Any]):
        self.bot = bot
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int, dict[str, Any]] = {}

    def set_commands(self, params: Params) -> bool:
        """Keep a list of commands for a scope and a language."""
        self.commands[_key(params)] = params["commands"]
        return True

    def get_commands(self, params: Params) -> list[dict[str, str]]:
        """The commands kept under exactly this scope and language."""
        return self.commands.get(_key(params), [])

    def delete_commands(self, params: Params) -> bool:
        """Forget them."""
        self.commands.pop(_key(params), None)
        return True

    def set_text(self, what: str, params: Params) -> bool:
        """Keep the `what` (name, description, short_description); an empty one is forgotten."""
        key = (what, params.get("language_code", ""))
        self.texts[key] = params.get(what, "")
        if not self.texts[key]:
            del self.texts[key]
        return True

    def get_text(self, what: str, params: Params) -> dict[str, str]:
        """The `what` in a language, else the default one."""
        language = params.get("language_code", "")
        default = self.bot["first_name"] if what == "name" else ""
        default = self.texts.get((what, ""), default)
        return {what: self.texts.get((what, language), default)}

    def set_menu_button(self, params: Params) -> bool:
        """Keep the menu button of a chat (0 is the default of all)."""
        self.menu_buttons[params.get("chat_id", 0)] = params.get("menu_button", {"type": "default"})
        return True

    def get_menu_button(self, params: Params) -> dict[str, Any]:
        """The menu button of a chat."""
        default = self.menu_buttons.get(0, {"type": "commands"})
        return self.menu_buttons.get(params.get("chat_id", 0), default)

    def summary(self) -> dict[str, Any]:
        """All of it, with keys a person can read: "scope language" and "what language"."""
        return {
            "commands": {" ".join(key).strip(): value for key, value in self.commands.items()},
            "texts": {" ".join(key).strip(): value for key, value in self.texts.items()},
            "menu_buttons": {str(key): value for key, value in self.menu_buttons.items()},
        }


def _key(params: Params) -> tuple[str, str]:
    scope = params.get("scope", {"type": "default"})
    name = scope["type"] if len(scope) == 1 else msgspec.json.encode(scope).decode()
    return name, params.get("language_code", "")
