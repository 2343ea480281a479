"""What leaves the book: lines and cards in the forms that others read; files are the shell's."""
