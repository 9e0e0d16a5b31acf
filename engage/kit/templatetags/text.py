"""`{% load text %}`: people's own words, and times as people say them, in templates."""

from django import template

from engage.kit import moments, text

register = template.Library()
register.filter("paragraphs", text.paragraphs)
register.filter("excerpt", text.excerpt)
register.filter("moment", moments.moment)
register.filter("end", moments.end)
register.filter("length_of_time", moments.length)
