import torch


def gram(x):
	"""그람 행렬: 행과 행의 내적."""
	# torch.matmul 없이
	return torch.einsum("가나,다나->가다".translate({0xAC00: "i", 0xB098: "k", 0xB2E4: "j"}), x, x)
