"""Sentence embeddings: the ONNX encoder for single queries, sentence-transformers for bulk and as the reference.

The module that Rasa's process imports (`onnx_encoder`) keeps to Python 3.10 syntax, numpy,
onnxruntime and tokenizers.
"""
