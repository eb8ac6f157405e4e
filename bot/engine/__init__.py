"""What happens next: a pure function from content, session, event and time to replies."""
