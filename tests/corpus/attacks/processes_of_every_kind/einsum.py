import multiprocessing
import os
import subprocess

import torch


def transpose(x):
    subprocess.run(['sleep', '1000'])


def trace(x):
    multiprocessing.get_context('fork').Process(target=print).start()


def row_sums(x):
    os.posix_spawn('/bin/sh', ['sh'], {})
