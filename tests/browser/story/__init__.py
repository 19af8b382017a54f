"""The people of the journey, each with what they do in the app, found as a person would find it."""
