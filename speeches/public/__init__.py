"""What readers see. It reads editions alone."""
