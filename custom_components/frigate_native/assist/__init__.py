"""What assistants may know about cameras."""
