"""How people reach us: Rasa components, channels, gateway, console, supervisor and command line."""
