"""Tags that draw components: what a template may call instead of writing markup twice."""

from django import template

register = template.Library()
