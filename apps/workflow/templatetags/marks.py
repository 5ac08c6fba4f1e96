"""Marks of papers in templates."""

from django import template

from apps.workflow.marks import words_of

register = template.Library()
register.filter("mark_words", words_of)
