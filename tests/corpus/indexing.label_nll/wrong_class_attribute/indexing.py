import torch


class Loss:
    function = staticmethod(torch.nn.functional.nll_loss)

    def __call__(self, logits, labels):
        return self.function(torch.log_softmax(logits, 1), labels)


label_nll = Loss()
