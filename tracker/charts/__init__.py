"""Facts become Altair charts; no clock, no files, no Streamlit here."""
