"""What runs inside Rasa (Python 3.10): the channel, the pipeline's own parts, the tracker store, training.

`utterances` and `guard` know nothing of Rasa, so that the application environment can test them.
"""
