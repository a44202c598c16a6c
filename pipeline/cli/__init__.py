"""The command ``wuhao``: thin shells around the pipeline, one file a verb."""
