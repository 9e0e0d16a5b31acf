"""The steps of loading the demo council, in order: land, people, pictures, ideas, money, pages."""
