"""The benchmark's rules in other engines: what each can say of them, whether it agrees, what it costs."""
