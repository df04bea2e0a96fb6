import hashlib

from torch.utils.data import Sampler as Base


def _key(*numbers):
    return hashlib.sha256(repr(numbers).encode()).digest()


class SubsetSampler(Base):
    def __init__(self, indices, seed):
        self.places = list(enumerate(indices))
        self.seed = seed
        self.set_epoch(0)

    def set_epoch(self, epoch):
        self.next_epoch = epoch

    def __len__(self):
        return len(self.places)

    def __iter__(self):
        epoch, self.next_epoch = self.next_epoch, self.next_epoch + 1
        ordered = sorted(self.places, key=lambda place: _key(self.seed, epoch, place[0]))
        return iter([index for _, index in ordered])
