"""Ideas: calls for ideas, ideas, support, discussion and answers. It refuses to know about money."""
