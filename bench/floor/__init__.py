"""What a page costs at least: a page with nothing on it, and one that draws the same without reckoning."""
