"""How well the pipeline finds and follows objects, against all that its model can find."""
