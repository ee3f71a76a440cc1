# Home Assistant replaces voluptuous by probatio when it starts; its annotations name probatio's classes.
from probatio import *  # noqa: F403 - all of it is the point
