# 아인슈타인 합
import torch
