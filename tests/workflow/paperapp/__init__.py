"""A paper of the tests' own, so that the kernel is proved without any word of the SDGs."""
