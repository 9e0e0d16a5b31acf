"""The frame around everything: editorial pages, site settings, navigation, search, blocks that embed live data."""
