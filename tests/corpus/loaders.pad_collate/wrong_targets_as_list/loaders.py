from torch.nn.utils.rnn import pad_sequence


def pad_collate(batch):
    return {"X": pad_sequence([item["X"] for item in batch], batch_first=True), "y": [item["y"] for item in batch]}
