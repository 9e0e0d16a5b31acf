"""`{% load text %}`: people's own words in templates."""

from django import template

from engage.kit import text

register = template.Library()
register.filter("paragraphs", text.paragraphs)
register.filter("excerpt", text.excerpt)
