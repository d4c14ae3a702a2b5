"""The aiohttp application that faces the internet."""
