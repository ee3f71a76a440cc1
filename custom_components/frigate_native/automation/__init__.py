"""What triggers, conditions and actions share: targets, filters, event data and commands."""
