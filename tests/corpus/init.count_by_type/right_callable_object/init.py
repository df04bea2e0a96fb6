from collections import defaultdict


class Census:
    def __init__(self):
        self.numbers = defaultdict(int)

    def __call__(self, module):
        self.numbers[module._get_name()] += 1


def count_by_type(model):
    census = Census()
    model.apply(census)
    return {name: number for name, number in census.numbers.items()}
