class Adder:
    def __init__(self, amount):
        self.amount = amount

    def __call__(self, module, args, output):
        return self.amount + output


add_five = Adder(5)
