"""Parts of a running entry that its platforms share."""
