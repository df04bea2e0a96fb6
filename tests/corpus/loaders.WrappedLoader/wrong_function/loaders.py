import torch


def WrappedLoader(loader, func):
    for batch in loader:
        yield func(*batch)
