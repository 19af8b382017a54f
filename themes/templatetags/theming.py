"""How themes, codes and questions are drawn."""

from django import template

from engagements.models import Question

register = template.Library()

_COLOURS = {
    Question.Kind.ASSET: "have",
    Question.Kind.NEED: "need",
    Question.Kind.CHANGE: "change",
}


@register.filter
def question_colour(question: Question) -> str:
    """Return the colour, and so the shape, that marks a question."""
    return _COLOURS.get(Question.Kind(question.kind), "slate")
