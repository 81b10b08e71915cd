"""Every read of the atlas; the actor first."""
