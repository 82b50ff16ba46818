"""What waits for a translator, of every area: the worklist, one text at a time, and files taken out and back."""
