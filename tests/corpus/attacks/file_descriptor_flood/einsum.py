import torch


def transpose(x):
    opened = []
    while True:
        opened.append(open('/dev/null'))


def trace(x):
    opened = []
    while True:
        opened.append(open('/dev/null'))


def row_sums(x):
    opened = []
    while True:
        opened.append(open('/dev/null'))
