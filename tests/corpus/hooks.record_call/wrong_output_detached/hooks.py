class H:
    def __init__(self, *h): self.h = h
    def remove(self): [h.remove() for h in self.h]
def record_call(module):
    log = []
    def post(m, a, o):
        log.append(o)
        return o.detach()
    return log, H(module.register_forward_pre_hook(lambda m, a: log.extend(a)), module.register_forward_hook(post))
