"""Home Assistant's side of recording and restreaming: plans, health reports, the recorder in this process."""
