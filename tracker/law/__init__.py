"""What a law is: frozen values, no input or output. Floor 0; imports nothing of ours."""
