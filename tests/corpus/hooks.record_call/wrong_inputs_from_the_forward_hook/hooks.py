class H:
    def __init__(self, *h): self.h = h
    def remove(self): [h.remove() for h in self.h]
def record_call(module):
    log = []
    return log, H(module.register_forward_hook(lambda m, a, o: log.extend([*a, o])))
