"""The steps of setting up and changing: forms, what becomes of them, and what is tried before."""
