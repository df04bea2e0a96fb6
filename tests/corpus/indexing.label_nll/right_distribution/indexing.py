from torch.distributions import Categorical


def label_nll(logits, labels):
    return -Categorical(logits=logits, validate_args=False).log_prob(labels).mean()
