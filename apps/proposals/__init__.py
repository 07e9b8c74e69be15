"""A proposal on its way into law: texts, consultation, review, freeze, ballot, rule."""
