"""What leaves the program: reports and their PDF."""
