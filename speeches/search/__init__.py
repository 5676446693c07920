"""Chinese search over what is public: one tokeniser, and an engine of the database in use."""
