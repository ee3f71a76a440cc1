"""An entry's side of recording and restreaming: what is asked for, who does it, and how it goes."""
