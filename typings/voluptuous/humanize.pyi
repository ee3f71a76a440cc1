from probatio.humanize import *  # noqa: F403 - all of it is the point
