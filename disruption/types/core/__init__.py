"""What every type is made of: the model base, open enums, the codecs. No Discord vocabulary."""
