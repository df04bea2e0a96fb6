from torch import *


def index_select_along(x, dim, index):
    return index_select(x, dim, index)
