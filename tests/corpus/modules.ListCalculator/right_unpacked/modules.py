from torch.nn import Module, ModuleList


class Add(Module):
    def __init__(self, value: int):
        super().__init__()
        self.value = value

    def forward(self, x):
        return x + self.value


class ListCalculator(Module):
    def __init__(self):
        super().__init__()
        self.add_list = ModuleList(Add(value) for value in (2, 3, 5))

    def forward(self, x):
        first, second, third = self.add_list
        return third(first(second(x)))
