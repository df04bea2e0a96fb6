from torch.nn.functional import one_hot
