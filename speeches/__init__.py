"""The work of a conference: its meetings, speeches and highlighted work."""
