import torch


index_select_along = lambda x, dim, index: x.transpose(0, dim)[index, ...].transpose(0, dim)
