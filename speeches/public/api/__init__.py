"""The public interface for programs: read only, over editions alone (``docs/api.md``)."""
