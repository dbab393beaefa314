"""Events: acts of political actors, alone or toward another, and how real the words make them."""

from chancery.extract.events.find import EventMention, find_events

__all__ = ["EventMention", "find_events"]
