"""The words and the rules of the desk: values and decisions, without network, disk, clock or framework."""
