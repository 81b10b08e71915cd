"""Pure rules about persons, organizations and places."""
