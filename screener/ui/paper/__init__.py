"""Paper on screen: pages as they print, saving them, and printing them."""
